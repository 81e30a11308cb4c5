/**
 * Points over a call or over calls. The numbers are read aloud from the table beside it, so the drawing is
 * silent; a canvas takes its colours from the box it is in: text, border and outline.
 */
import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import uPlot from "uplot";
import { scheme } from "../parts/scheme.ts";

export interface Point {
  /** In seconds: of the recording, or of the epoch. */
  x: number;
  y: number;
}

interface Props {
  points: readonly Point[];
  range?: [number, number];
  read: (value: number) => string;
  place: (x: number) => string;
  /** The same on the axis, where there is little room. */
  tick?: (x: number) => string;
  onPick?: (index: number) => void;
  /** A line from point to point. */
  joined?: boolean;
}

const HEIGHT = 160;

export function Curve(props: Props) {
  const { points, read, place } = props;
  const canvas = useRef<HTMLDivElement>(null);
  const pointed = useSignal<number | null>(null);
  const pick = useRef(props.onPick);
  pick.current = props.onPick;
  const colours = scheme.value;
  useEffect(() => {
    const box = canvas.current;
    if (!box) return undefined;
    return drawn(box, { ...props, onPick: (at) => pick.current?.(at), point: (at) => (pointed.value = at) });
  }, [points, colours]);
  const shown = points[pointed.value ?? points.length - 1];
  return (
    <div class="plot" aria-hidden="true">
      <p class="plot-line">
        {shown && (
          <>
            <b>{read(shown.y)}</b> {place(shown.x)}
          </>
        )}
      </p>
      <div ref={canvas} class="plot-canvas curve" />
    </div>
  );
}

interface Drawing extends Props {
  point: (index: number | null) => void;
}

function drawn(box: HTMLElement, drawing: Drawing): () => void {
  const { points } = drawing;
  const plot = new uPlot(options(box, drawing), [points.map(({ x }) => x), points.map(({ y }) => y)], box);
  const watch = new ResizeObserver(() => plot.setSize({ width: box.clientWidth, height: HEIGHT }));
  const click = () => {
    if (typeof plot.cursor.idx === "number") drawing.onPick?.(plot.cursor.idx);
  };
  watch.observe(box);
  plot.over.addEventListener("click", click);
  return () => {
    watch.disconnect();
    plot.destroy();
  };
}

function options(box: HTMLElement, drawing: Drawing): uPlot.Options {
  const { read, place, tick = place, point, joined = false } = drawing;
  const style = getComputedStyle(box);
  const axis = { stroke: style.color, font: "12px system-ui, sans-serif", ticks: { show: false } };
  const grid = { stroke: style.borderTopColor, width: 1 };
  return {
    width: box.clientWidth,
    height: HEIGHT,
    legend: { show: false },
    cursor: { y: false, drag: { x: false, y: false } },
    scales: {
      x: { time: false, range: (_, first, last) => padded(first, last) },
      y: { range: upTo(drawing) },
    },
    axes: [
      { ...axis, grid: { show: false }, values: (_, ticks) => ticks.map(tick), space: 80, size: 26 },
      { ...axis, grid, values: (_, ticks) => ticks.map(read), size: 56 },
    ],
    series: [{}, line(style.outlineColor, joined)],
    hooks: { setCursor: [({ cursor }) => point(cursor.idx ?? null)] },
  };
}

function line(stroke: string, joined: boolean): uPlot.Series {
  const points: uPlot.Series.Points = { show: true, size: 7, fill: stroke, stroke };
  return { stroke, width: joined ? 2 : 0, points, ...(joined ? {} : { paths: () => null }) };
}

/** One point alone stands in the middle. */
function padded(first: number, last: number): [number, number] {
  const room = (last - first) * 0.03 || 1;
  return [first - room, last + room];
}

function upTo({ range }: Drawing): uPlot.Range.Function {
  if (range) return () => range;
  return (_, _least, most) => [0, most > 0 ? most * 1.15 : 1];
}

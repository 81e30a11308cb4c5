/**
 * Bars over days. The numbers are read aloud from the table beside it, so the drawing itself is silent.
 * A canvas takes its colours from the box it is in: text, border and outline.
 */
import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import uPlot from "uplot";
import { scheme } from "./scheme.ts";
import { date } from "./times.ts";

interface Props {
  days: readonly string[];
  values: readonly number[];
  /** How a value reads, in the line above the bars and on the axis. */
  read: (value: number) => string;
}

const HEIGHT = 150;

export function Plot({ days, values, read }: Props) {
  const place = useRef<HTMLDivElement>(null);
  const pointed = useSignal<number | null>(null);
  const colours = scheme.value;
  useEffect(() => {
    const box = place.current;
    return box ? drawn(box, { days, values, read, point: (index) => (pointed.value = index) }) : undefined;
  }, [days, values, colours]);
  const shown = pointed.value ?? days.length - 1;
  return (
    <div class="plot" aria-hidden="true">
      <p class="plot-line">
        <b>{read(values[shown] ?? 0)}</b> {date(days[shown] ?? "1970-01-01")}
      </p>
      <div ref={place} class="plot-canvas" />
    </div>
  );
}

interface Drawing extends Props {
  point: (index: number | null) => void;
}

function drawn(box: HTMLElement, drawing: Drawing): () => void {
  const seconds = drawing.days.map((day) => Date.parse(`${day}T00:00:00Z`) / 1000);
  const plot = new uPlot(options(box, drawing), [seconds, [...drawing.values]], box);
  const watch = new ResizeObserver(() => plot.setSize({ width: box.clientWidth, height: HEIGHT }));
  watch.observe(box);
  return () => {
    watch.disconnect();
    plot.destroy();
  };
}

function options(box: HTMLElement, { read, point }: Drawing): uPlot.Options {
  const style = getComputedStyle(box);
  const axis = { stroke: style.color, font: "12px system-ui, sans-serif", ticks: { show: false } };
  return {
    width: box.clientWidth,
    height: HEIGHT,
    legend: { show: false },
    cursor: { y: false, drag: { x: false, y: false }, points: { show: false } },
    tzDate: (seconds) => uPlot.tzDate(new Date(seconds * 1000), "UTC"),
    scales: { x: { range: (_, first, last) => [first - 43_200, last + 43_200] }, y: { range: upTo } },
    axes: [
      { ...axis, grid: { show: false }, values: (_, ticks) => ticks.map(dayAndMonth), space: 70, size: 26 },
      {
        ...axis,
        grid: { stroke: style.borderTopColor, width: 1 },
        values: (_, ticks) => ticks.map(read),
        size: 56,
      },
    ],
    series: [{}, bars(style.outlineColor)],
    hooks: { setCursor: [({ cursor }) => point(cursor.idx ?? null)] },
  };
}

function bars(fill: string): uPlot.Series {
  const paths = uPlot.paths.bars?.({ size: [0.7, 40], radius: 0.2 });
  return { fill, width: 0, points: { show: false }, ...(paths ? { paths } : {}) };
}

function upTo(_: uPlot, _least: number, most: number): [number, number] {
  return [0, most > 0 ? most * 1.15 : 1];
}

function dayAndMonth(seconds: number): string {
  return date(new Date(seconds * 1000).toISOString().slice(0, 10)).replace(/,? \d{4}$/, "");
}

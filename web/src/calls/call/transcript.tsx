/** What was said, in step with the recording: a line seeks, and the line being said is marked and in sight. */
import { effect, useComputed, useSignal, type ReadonlySignal, type Signal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { inWords } from "../../api/problem.ts";
import { Trouble } from "../../parts/trouble.tsx";
import { clock, speakerName } from "../reading.ts";
import { callRoutes } from "../services.ts";
import type { Utterance } from "../shapes.ts";
import { lineAt, scrollTo } from "./lines.ts";
import { STEP_S, usePlaying, type Playing } from "./playing.ts";
import { TranscriptSearch } from "./transcript-search.tsx";

/** Line starts are rounded, and a seek lands a little before where it was asked to. */
const EARLY_MS = 120;

interface Read {
  lines: readonly Utterance[];
  whole: boolean;
}

export function Transcript({ call }: { call: string }) {
  const read = useSignal<Read>({ lines: [], whole: false });
  const trouble = useSignal("");
  const follow = useSignal(true);
  useReading(call, read, trouble);
  return (
    <section class="transcript" aria-labelledby="transcript">
      <header>
        <h3 id="transcript">Transcript</h3>
        <label class="follow">
          <input
            type="checkbox"
            checked={follow.value}
            onChange={(event) => (follow.value = event.currentTarget.checked)}
          />
          Follow
        </label>
      </header>
      <TranscriptSearch call={call} />
      <Lines read={read.value} follow={follow} />
      <p class="quiet keys">
        In the lines: <kbd>↑</kbd> <kbd>↓</kbd> go, <kbd>Enter</kbd> plays from there, <kbd>←</kbd>{" "}
        <kbd>→</kbd> skip, <kbd>k</kbd> pauses.
      </p>
      <Trouble words={trouble.value} />
      {!read.value.whole && !trouble.value && <p class="quiet">Loading…</p>}
    </section>
  );
}

/** A long call comes in pages; each is shown when it is there. */
function useReading(call: string, read: Signal<Read>, trouble: Signal<string>): void {
  useEffect(() => {
    const gone = new AbortController();
    const readAll = async () => {
      let next: string | null = null;
      do {
        const page = await callRoutes.utterances(call, next);
        if (gone.signal.aborted) return;
        next = page.next;
        read.value = { lines: [...read.value.lines, ...page.items], whole: next === null };
      } while (next !== null);
    };
    readAll().catch((error: unknown) => (trouble.value = inWords(error)));
    return () => gone.abort();
  }, [call]);
}

function Lines({ read: { lines, whole }, follow }: { read: Read; follow: ReadonlySignal<boolean> }) {
  const playing = usePlaying();
  const box = useRef<HTMLOListElement>(null);
  const place = useRef<readonly Utterance[]>(lines);
  place.current = lines;
  const count = useSignal(lines.length);
  count.value = lines.length;
  const current = useComputed(() => {
    const now = playing.at.value * 1000 + EARLY_MS;
    return count.value ? lineAt(place.current, now) : -1;
  });
  const focused = useSignal(0);
  useEffect(
    () =>
      effect(() => {
        const line = current.value;
        if (line >= 0 && playing.on.value && follow.value) keepInSight(box.current, line);
      }),
    [],
  );
  if (whole && lines.length === 0) return <p class="quiet">Nobody spoke.</p>;
  return (
    <ol
      ref={box}
      class="lines"
      aria-label="Lines"
      onKeyDown={(event) => press(event, { box: box.current, focused, playing })}
    >
      {lines.map((line, at) => (
        <Line key={line.n} line={line} at={at} before={lines[at - 1]} current={current} focused={focused} />
      ))}
    </ol>
  );
}

interface OneLine {
  line: Utterance;
  at: number;
  before: Utterance | undefined;
  current: ReadonlySignal<number>;
  focused: Signal<number>;
}

/** One stop of the Tab key for all lines; the arrows go from line to line. */
function Line({ line, at, before, current, focused }: OneLine) {
  const playing = usePlaying();
  const isCurrent = useComputed(() => (current.value === at ? "true" : undefined));
  const stop = useComputed(() => (focused.value === at ? 0 : -1));
  return (
    <li>
      <button
        type="button"
        class="said"
        tabIndex={stop}
        aria-current={isCurrent}
        onFocus={() => (focused.value = at)}
        onClick={() => playing.jump(line.start_ms / 1000)}
      >
        <span class="said-at number">{clock(line.start_ms / 1000)}</span>
        {before?.speaker !== line.speaker && <b class="said-by">{speakerName(line.speaker)}</b>}
        <span class="said-text">{line.text}</span>
      </button>
    </li>
  );
}

const MOVES: Readonly<Record<string, (at: number, count: number) => number>> = {
  ArrowDown: (at, count) => Math.min(at + 1, count - 1),
  ArrowUp: (at) => Math.max(at - 1, 0),
  Home: () => 0,
  End: (_, count) => count - 1,
};
const ACTS: Readonly<Record<string, (playing: Playing) => void>> = {
  ArrowLeft: (playing) => playing.skip(-STEP_S),
  ArrowRight: (playing) => playing.skip(STEP_S),
  k: (playing) => playing.toggle(),
};

interface Keyboard {
  box: HTMLElement | null;
  focused: Signal<number>;
  playing: Playing;
}

function press(event: KeyboardEvent, { box, focused, playing }: Keyboard): void {
  if (event.ctrlKey || event.metaKey || event.altKey || !box) return;
  const act = ACTS[event.key];
  const to = MOVES[event.key];
  if (act) act(playing);
  else if (to) box.children[to(focused.value, box.children.length)]?.querySelector("button")?.focus();
  else return;
  event.preventDefault();
}

/** Scrolls the box alone, never the page around it. */
function keepInSight(box: HTMLElement | null, line: number): void {
  const item = box?.children[line]?.getBoundingClientRect();
  if (!box || !item) return;
  const { top, height } = box.getBoundingClientRect();
  const to = scrollTo({ top, height, scrolled: box.scrollTop }, item);
  if (to !== null) box.scrollTop = to;
}

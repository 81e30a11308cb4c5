/** What was said, oldest first: follows the newest words, and reads older turns as one scrolls up. */
import { useSignal } from "@preact/signals";
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import { Icon } from "../parts/icons.tsx";
import { dayName } from "../parts/times.ts";
import { conversation } from "../services.ts";
import type { Past as PastState } from "./conversation.ts";
import { Empty } from "./empty.tsx";
import { TurnView } from "./turn.tsx";
import type { Turn, Turns } from "./turns.ts";

const NEAR_PX = 80;
const EARLY_PX = 400;

export function Thread() {
  const box = useRef<HTMLDivElement>(null);
  const follows = useSignal(true);
  const turns = conversation.turns.value;
  const past = conversation.past.value;
  useKeptPlace(box, turns, () => follows.value);
  useEndInSight(box, () => follows.value);
  const readAhead = () => {
    if (past === "more" && box.current && box.current.scrollTop < EARLY_PX) void conversation.readOlder();
  };
  useLayoutEffect(readAhead, [turns, past]);
  const watch = () => {
    if (box.current) follows.value = distance(box.current) < NEAR_PX;
    readAhead();
  };
  return (
    <div class="thread-frame">
      <div ref={box} class="thread" role="region" aria-label="Conversation" tabIndex={0} onScroll={watch}>
        <div class="column">
          <Past past={past} />
          {turns.length === 0 && past === "whole" && <Empty />}
          <ol class="turns">
            {turns.map((turn, place) => (
              <li key={turn.key}>
                <Day turn={turn} before={turns[place - 1]} />
                <TurnView turn={turn} />
              </li>
            ))}
          </ol>
        </div>
      </div>
      {!follows.value && (
        <button type="button" class="newest" onClick={() => toEnd(box.current)}>
          <Icon name="down" />
          Newest
        </button>
      )}
    </div>
  );
}

/** Takes the same room whatever it says, so that nothing moves under the reader. */
function Past({ past }: { past: PastState }) {
  switch (past) {
    case "unread":
    case "reading":
      return <p class="past">Loading…</p>;
    case "unreadable":
      return (
        <p class="past">
          Earlier messages could not be loaded.{" "}
          <button type="button" class="link" onClick={() => void conversation.readOlder()}>
            Try again
          </button>
        </p>
      );
    case "more":
    case "whole":
      return <p class="past" />;
  }
}

function Day({ turn, before }: { turn: Turn; before: Turn | undefined }) {
  const now = new Date();
  const name = dayName(turn.at, now);
  if (before && dayName(before.at, now) === name) return null;
  return <h2 class="day">{name}</h2>;
}

interface Seen {
  first: string;
  last: string;
  height: number;
}

/** New words keep the end in sight; older turns push nothing away from under the reader. */
function useKeptPlace(box: { current: HTMLDivElement | null }, turns: Turns, follows: () => boolean): void {
  const seen = useRef<Seen>({ first: "", last: "", height: 0 });
  useLayoutEffect(() => {
    const { current } = box;
    if (!current) return;
    if (follows() || isJustSaid(turns.at(-1), seen.current)) toEnd(current);
    else if (turns[0]?.key !== seen.current.first)
      current.scrollTop += current.scrollHeight - seen.current.height;
    seen.current = keysOf(turns, current.scrollHeight);
  });
}

/** What is around the thread may grow and shrink: the end stays where the reader was. */
function useEndInSight(box: { current: HTMLDivElement | null }, follows: () => boolean): void {
  useEffect(() => {
    const watch = new ResizeObserver(() => {
      if (follows()) toEnd(box.current);
    });
    if (box.current) watch.observe(box.current);
    return () => watch.disconnect();
  }, []);
}

function isJustSaid(turn: Turn | undefined, { last }: Seen): boolean {
  return turn?.state === "sending" && turn.key !== last;
}

function keysOf(turns: Turns, height: number): Seen {
  return { first: turns[0]?.key ?? "", last: turns.at(-1)?.key ?? "", height };
}

function toEnd(box: HTMLDivElement | null): void {
  if (box) box.scrollTop = box.scrollHeight;
}

function distance(box: HTMLDivElement): number {
  return box.scrollHeight - box.scrollTop - box.clientHeight;
}

/** The board: what one is up to, as cards to tap. */
import { useEffect } from "preact/hooks";
import { useDoing } from "../parts/doing.ts";
import { Awaited } from "../parts/loading.tsx";
import { Trouble } from "../parts/trouble.tsx";
import { Adder } from "./adder.tsx";
import { TaskCard } from "./card.tsx";
import { Empty } from "./empty.tsx";
import { useFresh } from "./fresh.ts";
import { UndoButton } from "./outcome.tsx";
import { board } from "./services.ts";
import type { BoardPage, State } from "./shapes.ts";

const STATES: Record<State, string> = {
  open: "Open",
  paused: "Paused",
  finished: "Finished",
  archived: "Archived",
};

export function BoardView() {
  useEffect(() => void board.read(), []);
  useFresh(() => board.read());
  return (
    <div class="board">
      <Adder />
      <div class="board-bar">
        <Filter />
        <UndoButton />
      </div>
      <Old />
      <Awaited of={{ now: board.page, again: () => board.read(), put: () => undefined }}>
        {(page) => <Cards page={page} />}
      </Awaited>
    </div>
  );
}

function Filter() {
  const shown = board.state.value;
  return (
    <div class="filter" role="group" aria-label="Which tasks">
      {Object.entries(STATES).map(([state, name]) => (
        <button
          key={state}
          type="button"
          aria-pressed={state === shown}
          onClick={() => void board.show(state as State)}
        >
          {name} <span class="number">{board.counts.value[state as State]}</span>
        </button>
      ))}
    </div>
  );
}

function Old() {
  if (!board.stale.value) return null;
  return (
    <p class="old" role="status">
      What is shown may be old. {board.stale.value}{" "}
      <button type="button" class="link" onClick={() => void board.read()}>
        Try again
      </button>
    </p>
  );
}

function Cards({ page: { items, next, today, week_starts: starts } }: { page: BoardPage }) {
  if (items.length === 0) return <Empty />;
  return (
    <>
      <ul class="board-cards">
        {items.map((card) => (
          <TaskCard key={card.id} card={card} calendar={{ today, starts }} />
        ))}
      </ul>
      {next && <More />}
    </>
  );
}

function More() {
  const { busy, trouble, start } = useDoing();
  return (
    <>
      <Trouble words={trouble.value} />
      <button
        type="button"
        class="plain"
        aria-busy={busy.value}
        onClick={() => void start(() => board.more())}
      >
        {busy.value ? "Loading…" : "Show more"}
      </button>
    </>
  );
}

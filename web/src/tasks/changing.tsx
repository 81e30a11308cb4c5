/** Another name or end for a task, a rest, or putting it away: whatever is not done every day. */
import { useSignal } from "@preact/signals";
import { useId } from "preact/hooks";
import { announce } from "../parts/announce.tsx";
import { Dialog } from "../parts/dialog.tsx";
import { useDoing } from "../parts/doing.ts";
import { Drawing } from "../parts/icons.tsx";
import { Trouble } from "../parts/trouble.tsx";
import { board } from "./services.ts";
import type { Card, Change } from "./shapes.ts";

const LONGEST = 60;
/** A drawing of three dots, as a path in a square of 24. */
const MORE = "M5.500 12h.100M12 12h.100M18.500 12h.100";
const STATES: Record<Card["state"], Said[]> = {
  open: [
    { name: "Pause", state: "paused", said: "is paused" },
    { name: "Archive", state: "archived", said: "is archived" },
  ],
  paused: [
    { name: "Take up again", state: "open", said: "is open again" },
    { name: "Archive", state: "archived", said: "is archived" },
  ],
  finished: [
    { name: "Take up again", state: "open", said: "is open again" },
    { name: "Archive", state: "archived", said: "is archived" },
  ],
  archived: [{ name: "Take up again", state: "open", said: "is open again" }],
};

interface Said {
  name: string;
  state: "open" | "paused" | "archived";
  said: string;
}

interface Props {
  card: Card;
  onClose: () => void;
}

export function ChangeButton({ card }: { card: Card }) {
  const open = useSignal(false);
  return (
    <>
      <button
        type="button"
        class="tool change"
        aria-label={`Change ${card.title}`}
        onClick={() => (open.value = true)}
      >
        <Drawing name="more" path={MORE} />
      </button>
      {open.value && <Changing card={card} onClose={() => (open.value = false)} />}
    </>
  );
}

function Changing({ card, onClose }: Props) {
  const { busy, trouble, start } = useDoing();
  const make = (change: Change, said: string) =>
    void start(async () => {
      await board.change(card, { change, said });
      announce(said);
      onClose();
    });
  return (
    <Dialog title={`Change ${card.title}`} onClose={onClose} held={busy.value}>
      <Fields
        key={card.version}
        card={card}
        busy={busy.value}
        onSave={(change) => make(change, `${change.title ?? card.title} is saved.`)}
      />
      <Trouble words={trouble.value} />
      <div class="buttons">
        {STATES[card.state].map(({ name, state, said }) => (
          <button
            key={name}
            type="button"
            class="plain"
            onClick={() => make({ state }, `${card.title} ${said}.`)}
          >
            {name}
          </button>
        ))}
        <button type="button" class="plain" onClick={onClose}>
          Close
        </button>
      </div>
    </Dialog>
  );
}

interface Saving {
  card: Card;
  busy: boolean;
  onSave: (change: Change) => void;
}

function Fields({ card, busy, onSave }: Saving) {
  const title = useSignal(card.title);
  const due = useSignal(card.due);
  const ids = useId();
  const change = changed(card, { title: title.value.trim(), due: due.value });
  const save = (event: Event) => {
    event.preventDefault();
    if (change) onSave(change);
  };
  return (
    <form class="stack" onSubmit={save}>
      <label for={`${ids}-title`}>Name</label>
      <input
        id={`${ids}-title`}
        autocomplete="off"
        required
        maxLength={LONGEST}
        value={title.value}
        onInput={(event) => (title.value = event.currentTarget.value)}
      />
      <label for={`${ids}-due`}>Due</label>
      <input
        id={`${ids}-due`}
        type="date"
        value={due.value}
        onInput={(event) => (due.value = event.currentTarget.value)}
      />
      <button type="submit" class="primary" disabled={!change} aria-busy={busy}>
        Save
      </button>
    </form>
  );
}

/** Null when there is nothing to save. */
function changed(card: Card, { title, due }: { title: string; due: string }): Change | null {
  const change: Change = {
    ...(title && title !== card.title ? { title } : {}),
    ...(due && due !== card.due ? { due } : {}),
  };
  return Object.keys(change).length > 0 ? change : null;
}

/** What waits for the operator, and what can be done about it. */
import { useSignal } from "@preact/signals";
import { announce } from "../parts/announce.tsx";
import { Dialog } from "../parts/dialog.tsx";
import { useDoing } from "../parts/doing.ts";
import { useLoaded } from "../parts/loaded.ts";
import { Awaited } from "../parts/loading.tsx";
import { Section } from "../parts/section.tsx";
import { moment } from "../parts/times.ts";
import { Trouble } from "../parts/trouble.tsx";
import { routes } from "./routes.ts";
import type { Repair, Stuck } from "./shapes.ts";

const KINDS: Record<string, string> = {
  part: "A part of a reply that may not have arrived",
  turn: "A turn that failed",
  conversation: "A conversation that waits",
  letters: "Letters that nobody could take",
};
const ACTIONS: Record<Repair, { name: string; about: string }> = {
  resend: { name: "Send again", about: "The person may receive it twice." },
  close: { name: "Give up", about: "Nothing more is done about it." },
  rerun: { name: "Answer again", about: "The model is asked once more." },
  redrive: { name: "Put back", about: "They go back on their queue." },
};

interface Wanted {
  stuck: Stuck;
  action: Repair;
}

export function StuckThings() {
  const loading = useLoaded(async () => (await routes.stuck()).items);
  const wanted = useSignal<Wanted | null>(null);
  const outcome = useSignal("");
  const finish = (words: string) => {
    wanted.value = null;
    outcome.value = words;
    announce(words);
    void loading.again();
  };
  return (
    <Section title="Stuck" about="What needs a decision of a human. Nothing here is tried again by itself.">
      <Awaited of={loading}>
        {(items) => <Items items={items} onWant={(want) => (wanted.value = want)} />}
      </Awaited>
      {outcome.value && <p class="good">{outcome.value}</p>}
      <button type="button" class="plain" onClick={() => void loading.again()}>
        Look again
      </button>
      {wanted.value && (
        <Confirm wanted={wanted.value} onDone={finish} onClose={() => (wanted.value = null)} />
      )}
    </Section>
  );
}

function Items({ items, onWant }: { items: readonly Stuck[]; onWant: (wanted: Wanted) => void }) {
  if (items.length === 0) return <p class="good">Nothing is stuck.</p>;
  return (
    <ul class="rows">
      {items.map((stuck) => (
        <li key={stuck.id} class="row">
          <div>
            <b>{called(stuck)}</b>
            <p class="quiet">{facts(stuck).join(" · ")}</p>
            <p class="id">{stuck.id}</p>
          </div>
          <div class="buttons">
            {stuck.can.map((action) => (
              <button key={action} type="button" class="plain" onClick={() => onWant({ stuck, action })}>
                {ACTIONS[action].name}
              </button>
            ))}
          </div>
        </li>
      ))}
    </ul>
  );
}

function called({ kind }: Stuck): string {
  return KINDS[kind] ?? kind;
}

function facts({ since, state, count }: Stuck): string[] {
  return [
    ...(since ? [`since ${moment(since)}`] : []),
    ...(state ? [state.replaceAll("_", " ")] : []),
    ...(count === null ? [] : [`${count} in all`]),
  ];
}

interface Confirming {
  wanted: Wanted;
  onDone: (outcome: string) => void;
  onClose: () => void;
}

function Confirm({ wanted: { stuck, action }, onDone, onClose }: Confirming) {
  const { busy, trouble, start } = useDoing();
  const { name, about } = ACTIONS[action];
  const repair = () => start(async () => onDone(said(await routes.repair({ id: stuck.id, action }))));
  return (
    <Dialog title={`${name}?`} onClose={onClose} held={busy.value}>
      <p>
        {called(stuck)}. {about}
      </p>
      <Trouble words={trouble.value} />
      <div class="buttons">
        <button type="button" class="plain" onClick={onClose}>
          Leave it
        </button>
        <button type="button" class="primary" aria-busy={busy.value} onClick={() => void repair()}>
          {name}
        </button>
      </div>
    </Dialog>
  );
}

function said({ id, outcome }: { id: string; outcome: string }): string {
  return `${id}: ${outcome}`;
}

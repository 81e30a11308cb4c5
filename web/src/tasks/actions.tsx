/** What is done with a task by a tap: a rep, another amount, a skip. */
import { useSignal, type Signal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { announce } from "../parts/announce.tsx";
import { useDoing, type Doing } from "../parts/doing.ts";
import { Icon } from "../parts/icons.tsx";
import { Trouble } from "../parts/trouble.tsx";
import { counted, isPlain, isSingle, nextRep, plural, typed } from "./amounts.ts";
import { board } from "./services.ts";
import type { Card } from "./shapes.ts";

export function Actions({ card }: { card: Card }) {
  const doing = useDoing();
  return (
    <div class="actions">
      {card.state === "open" ? <Reps card={card} doing={doing} /> : <TakeUp card={card} doing={doing} />}
      <Trouble words={doing.trouble.value} />
    </div>
  );
}

function Reps({ card, doing }: { card: Card; doing: Doing }) {
  const typing = useSignal(false);
  const opener = useRef<HTMLButtonElement>(null);
  const run = (act: () => Promise<void>) => () => void doing.start(() => told(act));
  const close = () => {
    typing.value = false;
    opener.current?.focus();
  };
  return (
    <>
      <button
        type="button"
        class={card.is_due ? "primary did" : "plain did"}
        aria-busy={doing.busy.value}
        aria-label={`${repName(card)}: ${card.title}`}
        onClick={run(() => board.did(card))}
      >
        <Icon name="done" />
        {repName(card)}
      </button>
      {!isSingle(card) && (
        <button
          ref={opener}
          type="button"
          class="plain"
          aria-expanded={typing.value}
          aria-label={`Another amount: ${card.title}`}
          onClick={() => (typing.value = !typing.value)}
        >
          Amount
        </button>
      )}
      {card.is_due && (
        <button
          type="button"
          class="plain"
          aria-label={`Skip today: ${card.title}`}
          onClick={run(() => board.skip(card))}
        >
          Skip
        </button>
      )}
      {typing.value && <AmountForm card={card} doing={doing} onClose={close} />}
    </>
  );
}

interface Typing {
  card: Card;
  doing: Doing;
  onClose: () => void;
}

function AmountForm({ card, doing, onClose }: Typing) {
  const text = useSignal("");
  const wrong = useSignal(false);
  const field = `amount-${card.number}`;
  const log = (event: Event) => {
    event.preventDefault();
    const amount = typed(text.value);
    wrong.value = amount === null;
    if (amount === null) return;
    void doing.start(async () => {
      await told(() => board.did(card, amount));
      onClose();
    });
  };
  return (
    <form class="amount-form" onSubmit={log} onKeyDown={(event) => event.key === "Escape" && onClose()}>
      <label for={field}>How many {plural(card.unit)}?</label>
      <AmountField id={field} text={text} wrong={wrong} />
      <button type="submit" class="primary" aria-busy={doing.busy.value}>
        Log
      </button>
      <Trouble words={wrong.value ? "Type a number, such as 20 or 2.5." : ""} />
    </form>
  );
}

function AmountField({ id, text, wrong }: { id: string; text: Signal<string>; wrong: Signal<boolean> }) {
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.focus(), []);
  return (
    <input
      ref={field}
      id={id}
      inputMode="decimal"
      autocomplete="off"
      aria-invalid={wrong.value}
      value={text.value}
      onInput={(event) => (text.value = event.currentTarget.value)}
    />
  );
}

function TakeUp({ card, doing }: { card: Card; doing: Doing }) {
  const back = () =>
    told(() => board.change(card, { change: { state: "open" }, said: `${card.title} is open again.` }));
  return (
    <button
      type="button"
      class="plain"
      aria-busy={doing.busy.value}
      aria-label={`Take up again: ${card.title}`}
      onClick={() => void doing.start(back)}
    >
      Take up again
    </button>
  );
}

function repName(card: Card): string {
  if (isPlain(card)) return card.is_due || Number(card.today) === 0 ? "Done" : "Once more";
  return `Done ${counted(nextRep(card), card.unit)}`;
}

async function told(act: () => Promise<void>): Promise<void> {
  await act();
  announce(board.outcome.value);
}

/** Where one says what one is up to, and answers what the assistant asks about it. */
import { signal } from "@preact/signals";
import { useRef } from "preact/hooks";
import { announce } from "../parts/announce.tsx";
import { useDoing } from "../parts/doing.ts";
import { Trouble } from "../parts/trouble.tsx";
import { choicesOf } from "./choices.ts";
import { board } from "./services.ts";

const LONGEST = 300;
const text = signal("");

export function Adder() {
  const { busy, trouble, start } = useDoing();
  const field = useRef<HTMLInputElement>(null);
  const say = (words: string) =>
    start(async () => {
      await board.say(words);
      if (text.value === words) text.value = "";
      announce(board.asked.value || board.outcome.value);
      field.current?.focus();
    });
  const submit = (event: Event) => {
    event.preventDefault();
    if (text.value.trim()) void say(text.value);
  };
  const asked = board.asked.value;
  return (
    <div class="adder">
      <form onSubmit={submit}>
        <label for="sentence">{asked ? "Your answer, or another task" : "What are you up to?"}</label>
        <div class="adder-field">
          <input
            ref={field}
            id="sentence"
            autocomplete="off"
            enterkeyhint="send"
            maxLength={LONGEST}
            placeholder={asked ? "" : "read 20 pages of Dune every day"}
            value={text.value}
            onInput={(event) => (text.value = event.currentTarget.value)}
          />
          <button type="submit" class="primary" aria-busy={busy.value} aria-disabled={!text.value.trim()}>
            {asked ? "Send" : "Add"}
          </button>
        </div>
      </form>
      <Trouble words={trouble.value} />
      {asked && <Asked asked={asked} say={(words) => void say(words)} />}
    </div>
  );
}

function Asked({ asked, say }: { asked: string; say: (words: string) => void }) {
  return (
    <div class="question" role="group" aria-label="What the assistant says">
      <p>{asked}</p>
      <div class="buttons">
        {choicesOf(asked).map(({ name, text: answer }) => (
          <button key={answer} type="button" class="plain" onClick={() => say(answer)}>
            {name}
          </button>
        ))}
        <button type="button" class="link" onClick={dismiss}>
          Not now
        </button>
      </div>
    </div>
  );
}

export function write(idea: string): void {
  text.value = idea;
  document.getElementById("sentence")?.focus();
}

function dismiss(): void {
  board.asked.value = "";
  document.getElementById("sentence")?.focus();
}

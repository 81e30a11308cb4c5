/** Where one writes. Enter sends, Shift+Enter begins a line; what is too long is told before it is sent. */
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import { Icon } from "../parts/icons.tsx";
import { conversation } from "../services.ts";
import { draft } from "./draft.ts";
import { characters, excess, TEXT_CHARS } from "./frames.ts";

const NEARLY = TEXT_CHARS * 0.9;

export function Composer() {
  const field = useRef<HTMLTextAreaElement>(null);
  const text = draft.value;
  const over = excess(text);
  useEffect(() => field.current?.focus({ preventScroll: true }), []);
  useLayoutEffect(() => grow(field.current), [text]);
  const send = () => {
    if (over || !text.trim()) return;
    draft.value = "";
    conversation.say(text);
  };
  const submit = (event: Event) => {
    event.preventDefault();
    send();
    field.current?.focus();
  };
  return (
    <form class="composer" onSubmit={submit}>
      <div class="field">
        <label class="unseen" for="text">
          Message
        </label>
        <textarea
          ref={field}
          id="text"
          rows={1}
          placeholder="Message Switchboard"
          enterkeyhint="send"
          aria-describedby="room"
          aria-invalid={over !== null}
          value={text}
          onInput={(event) => (draft.value = event.currentTarget.value)}
          onKeyDown={(event) => isSend(event) && submit(event)}
        />
        <Act text={text} barred={over !== null} />
      </div>
      <p id="room" class={over ? "room room-over" : "room"} role={over ? "alert" : undefined}>
        {over ? tooLong(over) : roomLeft(text)}
      </p>
    </form>
  );
}

function Act({ text, barred }: { text: string; barred: boolean }) {
  const busy = conversation.busy.value;
  if (busy && !text.trim()) {
    return (
      <button
        key="stop"
        type="button"
        class="act act-stop"
        aria-label="Stop the reply"
        aria-disabled={busy.stopping}
        onClick={() => conversation.stop(busy)}
      >
        <Icon name="stop" />
      </button>
    );
  }
  return (
    <button key="send" type="submit" class="act" aria-label="Send" aria-disabled={barred || !text.trim()}>
      <Icon name="send" />
    </button>
  );
}

function isSend(event: KeyboardEvent): boolean {
  return event.key === "Enter" && !event.shiftKey && !event.isComposing;
}

function tooLong({ over, unit }: { over: number; unit: string }): string {
  const of =
    unit === "characters" ? `${TEXT_CHARS.toLocaleString("en")} characters` : "what fits in one message";
  return `This is ${over.toLocaleString("en")} ${unit} more than ${of}. Shorten it to send it.`;
}

function roomLeft(text: string): string {
  const left = TEXT_CHARS - characters(text);
  return text.length > NEARLY ? `${left} characters left` : "";
}

function grow(field: HTMLTextAreaElement | null): void {
  if (!field) return;
  field.style.height = "auto";
  field.style.height = `${field.scrollHeight}px`;
}

/** What was done last, and the way to take it back. */
import { useEffect, useRef } from "preact/hooks";
import { announce } from "../parts/announce.tsx";
import { useDoing } from "../parts/doing.ts";
import { Trouble } from "../parts/trouble.tsx";
import { board } from "./services.ts";

export function Outcome() {
  const box = useRef<HTMLDivElement>(null);
  const words = board.outcome.value;
  useFocusWhenLost(box, words);
  const { busy, trouble, start } = useDoing();
  if (!words) return null;
  return (
    <div ref={box} class="outcome" tabIndex={-1} role="group" aria-label="Done last">
      <p>{words}</p>
      <button type="button" class="plain" aria-busy={busy.value} onClick={() => void start(undo)}>
        Undo
      </button>
      <button type="button" class="link" onClick={() => (board.outcome.value = "")}>
        Close
      </button>
      <Trouble words={trouble.value} />
    </div>
  );
}

export function UndoButton() {
  const { busy, trouble, start } = useDoing();
  return (
    <div class="undo">
      <button type="button" class="link" aria-busy={busy.value} onClick={() => void start(undo)}>
        Take the last change back
      </button>
      <Trouble words={trouble.value} />
    </div>
  );
}

/** A card that leaves the board takes the focus with it, unless it is caught here. */
function useFocusWhenLost(box: { current: HTMLElement | null }, words: string): void {
  const caught = useRef("");
  const page = board.page.value;
  useEffect(() => {
    if (words && words !== caught.current && document.activeElement === document.body) {
      caught.current = words;
      box.current?.focus({ preventScroll: true });
    }
  }, [page, words]);
}

async function undo(): Promise<void> {
  await board.undo();
  announce(board.outcome.value);
}

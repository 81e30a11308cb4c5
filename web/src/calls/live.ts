/** Calls move without anybody touching this page: the line tells, and where it is broken the page looks. */
import { useEffect } from "preact/hooks";
import type { CallFrame } from "../chat/frames.ts";
import { callMoved, conversation } from "../services.ts";

const LOOK_MS = 4_000;
/** A frame can be lost even on a line that stands. */
const CHECK_MS = 15_000;

export interface Watching {
  /** Looks again and again while this says so. */
  moving: () => boolean;
  look: () => Promise<void>;
  heard: (frame: CallFrame) => void;
}

export function useLive({ moving, look, heard }: Watching): void {
  useEffect(() => {
    const first = callMoved.peek();
    return callMoved.subscribe((frame) => {
      if (frame && frame !== first) heard(frame);
    });
  }, []);
  useEffect(() => {
    let last = Date.now();
    const timer = setInterval(() => {
      const wait = conversation.line.value.at === "open" ? CHECK_MS : LOOK_MS;
      if (Date.now() - last < wait || !moving()) return;
      last = Date.now();
      void look();
    }, 1_000);
    return () => clearInterval(timer);
  }, []);
}

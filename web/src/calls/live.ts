/** Calls move without anybody touching this page: the line tells, and where it is broken the page looks. */
import { useEffect } from "preact/hooks";
import { conversation, listeners } from "../services.ts";
import { CALL, callFrame, type CallFrame } from "./frame.ts";

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
  useEffect(
    () =>
      listeners.listen(CALL, (fields) => {
        const frame = callFrame(fields);
        if (frame) heard(frame);
      }),
    [],
  );
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

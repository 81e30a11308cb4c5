/** Keeps what is shown as it is: other channels and pages change it too. */
import { useComputed } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { isOpen } from "../chat/turns.ts";
import { conversation } from "../services.ts";

const LOOK_MS = 20_000;

/** Reads after each reply of the chat, after each change here, when the page is seen again, and now and then. */
export function useFresh(read: () => Promise<void>, changes = 0): void {
  const ended = useComputed(() => conversation.turns.value.filter((turn) => !isOpen(turn)).length).value;
  const begun = useRef(false);
  useEffect(() => {
    if (begun.current) void read();
    begun.current = true;
  }, [ended, changes]);
  useEffect(() => {
    const look = () => {
      if (document.visibilityState === "visible") void read();
    };
    const timer = setInterval(look, LOOK_MS);
    addEventListener("online", look);
    document.addEventListener("visibilitychange", look);
    return () => {
      clearInterval(timer);
      removeEventListener("online", look);
      document.removeEventListener("visibilitychange", look);
    };
  }, []);
}

/** Something that a person set off: under way, or what went wrong with it, in words. */
import { useSignal, type ReadonlySignal } from "@preact/signals";
import { inWords } from "../api/problem.ts";

export interface Doing {
  busy: ReadonlySignal<boolean>;
  trouble: ReadonlySignal<string>;
  /** Does one thing at a time. */
  start: (act: () => Promise<void>) => Promise<void>;
}

export function useDoing(): Doing {
  const busy = useSignal(false);
  const trouble = useSignal("");
  const start = async (act: () => Promise<void>) => {
    if (busy.value) return;
    busy.value = true;
    trouble.value = "";
    try {
      await act();
    } catch (error) {
      trouble.value = inWords(error);
    } finally {
      busy.value = false;
    }
  };
  return { busy, trouble, start };
}

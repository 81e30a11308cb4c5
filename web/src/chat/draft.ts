/** What is being written and not yet sent; it survives a reload of this page. */
import { effect, signal } from "@preact/signals";

const KEY = "draft";

export const draft = signal(sessionStorage.getItem(KEY) ?? "");

effect(() => {
  if (draft.value) sessionStorage.setItem(KEY, draft.value);
  else sessionStorage.removeItem(KEY);
});

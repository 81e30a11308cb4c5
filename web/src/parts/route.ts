/** Which view is shown: the address's hash. */
import { signal } from "@preact/signals";

export type View = "chat" | "you" | "operator";

export const VIEWS: Record<View, string> = { chat: "Chat", you: "You", operator: "Operator" };

export const view = signal<View>(viewIn(location.hash));

export function watchAddress(): void {
  addEventListener("hashchange", () => (view.value = viewIn(location.hash)));
}

function viewIn(hash: string): View {
  const name = hash.slice(1);
  return name in VIEWS ? (name as View) : "chat";
}

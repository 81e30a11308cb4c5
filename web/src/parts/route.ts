/** Which view is shown, and what of it: the address's hash, such as #tasks or #tasks/7. */
import { signal } from "@preact/signals";

export type View = "chat" | "tasks" | "calls" | "you" | "operator";

export const VIEWS: Record<View, string> = {
  chat: "Chat",
  tasks: "Tasks",
  calls: "Calls",
  you: "You",
  operator: "Operator",
};

export const view = signal<View>(viewIn(location.hash));

/** What follows the view's name; "" for all of it. */
export const item = signal(itemIn(location.hash));

export function watchAddress(): void {
  addEventListener("hashchange", () => {
    view.value = viewIn(location.hash);
    item.value = itemIn(location.hash);
  });
}

function viewIn(hash: string): View {
  const [name = ""] = hash.slice(1).split("/");
  return name in VIEWS ? (name as View) : "chat";
}

function itemIn(hash: string): string {
  return hash.split("/").slice(1).join("/");
}

/** What the address's hash asks for: a view and what of it, such as #view or #view/7. */
import { signal } from "@preact/signals";

export const view = signal(viewIn(location.hash));

/** What follows the view's name; "" for all of it. */
export const item = signal(itemIn(location.hash));

export function watchAddress(): void {
  addEventListener("hashchange", () => {
    view.value = viewIn(location.hash);
    item.value = itemIn(location.hash);
  });
}

function viewIn(hash: string): string {
  return hash.slice(1).split("/")[0] ?? "";
}

function itemIn(hash: string): string {
  return hash.split("/").slice(1).join("/");
}

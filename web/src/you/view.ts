/** The person's own side, as a view of the page. */
import { later } from "../parts/later.tsx";
import type { View } from "../parts/page-view.ts";

export const you: View = {
  name: "you",
  title: "You",
  icon: "M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4.5 20c.8-3.6 3.8-5.5 7.5-5.5s6.7 1.9 7.5 5.5",
  Content: later(async () => (await import("./you.tsx")).You),
};

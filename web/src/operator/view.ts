/** The operator's side, as a view of the page. */
import { later } from "../parts/later.tsx";
import type { View } from "../parts/page-view.ts";

export const operator: View = {
  name: "operator",
  title: "Operator",
  icon: "M4 19V11M10 19V5M16 19v-6M20.5 19H3",
  Content: later(async () => (await import("./operator.tsx")).Operator),
  operators: true,
};

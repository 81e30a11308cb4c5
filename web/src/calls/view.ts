/** A person's calls, as a view of the page. */
import { later } from "../parts/later.tsx";
import type { View } from "../parts/page-view.ts";
import { WAVE } from "./icon.ts";
import "./calls.css";
import "./call/call.css";
import "./call/findings.css";

export const calls: View = {
  name: "calls",
  title: "Calls",
  icon: WAVE,
  Content: later(async () => (await import("./calls.tsx")).Calls),
};

/** A person's tasks, as a view of the page. */
import { later } from "../parts/later.tsx";
import type { View } from "../parts/page-view.ts";
import "./tasks.css";
import "./task.css";

export const tasks: View = {
  name: "tasks",
  title: "Tasks",
  icon: "M4.500 6.500l1.500 1.500L9 5M4.500 13l1.500 1.500L9 11.500M12.500 7H20M12.500 13.500H20M5.500 20h.100M12.500 20H20",
  Content: later(async () => (await import("./tasks.tsx")).Tasks),
};

/** The views in their order; the first is shown where the address names none. */
import { calls } from "./calls/view.ts";
import { chat } from "./chat/view.ts";
import { operator } from "./operator/view.ts";
import type { View } from "./parts/page-view.ts";
import { tasks } from "./tasks/view.ts";
import { you } from "./you/view.ts";

export const VIEWS: readonly [View, ...View[]] = [chat, tasks, calls, you, operator];

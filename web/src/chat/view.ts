/** The chat, as a view of the page. */
import type { View } from "../parts/page-view.ts";
import { Chat } from "./chat.tsx";
import "./chat.css";
import "./composer.css";
import "./prose.css";

export const chat: View = {
  name: "chat",
  title: "Chat",
  icon: "M4 5.5h16v11H9.5L5.5 20v-3.5H4z",
  Content: Chat,
  fills: true,
};

/** A person's tasks: the board, or one of them. */
import { useEffect, useRef } from "preact/hooks";
import { item } from "../parts/route.ts";
import { BoardView } from "./board-view.tsx";
import { cardLink } from "./card.tsx";
import { Outcome } from "./outcome.tsx";
import { TaskPage } from "./task-page.tsx";

export function Tasks() {
  const id = decodeURIComponent(item.value);
  const before = useRef(id);
  useEffect(() => {
    if (!id && before.current) document.getElementById(cardLink(before.current))?.focus();
    before.current = id;
  }, [id]);
  return (
    <div class="tasks">
      {id ? <TaskPage key={id} id={id} /> : <BoardView />}
      <Outcome />
    </div>
  );
}

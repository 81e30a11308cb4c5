/** The board of who is signed in. */
import { client } from "../services.ts";
import { standing } from "../session.ts";
import { Board } from "./board.ts";
import { taskRoutesOf } from "./routes.ts";

export const tasks = taskRoutesOf(client);

export const board = new Board({ routes: tasks, newKey: () => crypto.randomUUID() });

standing.subscribe((now) => {
  if (now === "out") board.clear();
});

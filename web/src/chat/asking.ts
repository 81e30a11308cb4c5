/** Whether a reply ends with the server's own question about what waits for a yes. */
import { isOpen, isOurs, type Turn } from "./turns.ts";

/** The notice that most is used up may stand behind it. */
const WAITS = /(?:^|\n)Not done yet:\n(?:- [^\n]*\n){1,5}Reply yes to do it, or no\.(?:\n\n\([^\n]*\))?$/;

/** Only a question that was put on the page is answered there. */
export function waitsForYes(turn: Turn): boolean {
  return isOurs(turn) && !isOpen(turn) && WAITS.test(turn.text);
}

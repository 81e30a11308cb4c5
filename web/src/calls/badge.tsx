/** Where a call stands, as a coloured word. */
import { inWords, mood } from "./status.ts";

export function Badge({ call }: { call: { status: string } }) {
  return <span class={`badge badge-${mood(call)}`}>{inWords(call.status)}</span>;
}

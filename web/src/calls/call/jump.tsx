/** A place in the recording that one can go to. */
import { clock } from "../reading.ts";
import { usePlaying } from "./playing.ts";

export function Jump({ ms }: { ms: number }) {
  const playing = usePlaying();
  const seconds = ms / 1000;
  return (
    <button
      type="button"
      class="jump number"
      aria-label={`Play from ${clock(seconds)}`}
      onClick={() => playing.jump(seconds)}
    >
      {clock(seconds)}
    </button>
  );
}

/** A code that links another channel: shown with the time it has left and how it is used. */
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { announce } from "../parts/announce.tsx";
import { CopyButton } from "../parts/copy-button.tsx";
import { useDoing } from "../parts/doing.ts";
import { minutesAndSeconds } from "../parts/times.ts";
import { Trouble } from "../parts/trouble.tsx";
import { me, readLinks, routes, waitingLinks } from "../services.ts";

interface Code {
  code: string;
  until: number;
  /** How many links were made or waited when it was made: one more, and it has been used. */
  links: number;
}

const LOOK_MS = 3_000;

export function Linking() {
  const made = useSignal<Code | null>(null);
  const { busy, trouble, start } = useDoing();
  const make = () =>
    start(async () => {
      const { code, expires_in } = await routes.makeCode();
      made.value = { code, until: Date.now() + expires_in * 1000, links: count() };
      announce("A code was made");
    });
  const used = made.value !== null && count() > made.value.links;
  return (
    <div class="linking">
      {made.value && !used && <Shown made={made.value} />}
      {used && (
        <p class="good" role="status">
          Confirmed in the other channel.
        </p>
      )}
      <Trouble words={trouble.value} />
      <button type="button" class="plain" aria-busy={busy.value} onClick={() => void make()}>
        {made.value && !used ? "Make another code" : "Link another channel"}
      </button>
    </div>
  );
}

function Shown({ made }: { made: Code }) {
  const left = useSecondsLeft(made.until);
  useEffect(() => {
    const timer = setInterval(() => void readLinks().catch(() => null), LOOK_MS);
    return () => clearInterval(timer);
  }, [made]);
  if (left === 0) {
    return <p class="quiet">The code {made.code} has expired. Nothing was linked.</p>;
  }
  return (
    <div class="code">
      <p>
        From the other channel, such as your phone, send the assistant <kbd>/link {made.code}</kbd>
      </p>
      <p class="code-shown">
        <output aria-label="Code">{made.code}</output>
        <CopyButton text={`/link ${made.code}`} what="Command" />
      </p>
      <p class="quiet">
        Valid once, for <span class="number">{minutesAndSeconds(left)}</span> more. It is answered there by a
        second code, to be sent back from there. Give neither to anybody: whoever has both sees everything
        here.
      </p>
    </div>
  );
}

function useSecondsLeft(until: number): number {
  const now = useSignal(Date.now());
  useEffect(() => {
    const timer = setInterval(() => (now.value = Date.now()), 1000);
    return () => clearInterval(timer);
  }, []);
  return Math.max(0, Math.ceil((until - now.value) / 1000));
}

function count(): number {
  return (me.value?.channels.length ?? 0) + waitingLinks.value.length;
}

/** Links that both sides confirmed: when they are made, and how they are taken back. */
import { useEffect } from "preact/hooks";
import type { WaitingLink } from "../api/shapes.ts";
import { announce } from "../parts/announce.tsx";
import { useDoing } from "../parts/doing.ts";
import { moment } from "../parts/times.ts";
import { Trouble } from "../parts/trouble.tsx";
import { readLinks, routes, waitingLinks } from "../services.ts";

const LOOK_MS = 15_000;

export function Waiting() {
  const some = waitingLinks.value.length > 0;
  useEffect(() => {
    if (!some) return undefined;
    const timer = setInterval(() => void readLinks().catch(() => null), LOOK_MS);
    return () => clearInterval(timer);
  }, [some]);
  if (!some) return null;
  return (
    <ul class="rows" aria-label="Links that wait">
      {waitingLinks.value.map((link) => (
        <Row key={link.id} link={link} />
      ))}
    </ul>
  );
}

function Row({ link }: { link: WaitingLink }) {
  const { busy, trouble, start } = useDoing();
  const takeBack = () =>
    start(async () => {
      await routes.takeBack(link.id);
      await readLinks();
      announce(`The link with ${link.beside} is taken back`);
    });
  return (
    <li class="row">
      <div>
        <b>{link.beside}</b> <span class="tag">waits</span>
        <p class="quiet">
          Will be linked {moment(link.due_at)}: each will see everything of the other’s. Until then nothing is
          shared.
        </p>
        <Trouble words={trouble.value} />
      </div>
      <button
        type="button"
        class="plain"
        aria-label={`Take back the link with ${link.beside}`}
        aria-busy={busy.value}
        onClick={() => void takeBack()}
      >
        Take back
      </button>
    </li>
  );
}

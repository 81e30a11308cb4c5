/** Finding what was said on one call. */
import { useSignal } from "@preact/signals";
import { useDoing } from "../../parts/doing.ts";
import { Trouble } from "../../parts/trouble.tsx";
import { callRoutes } from "../services.ts";
import type { Hit } from "../shapes.ts";
import { Jump } from "./jump.tsx";

export function TranscriptSearch({ call }: { call: string }) {
  const words = useSignal("");
  const hits = useSignal<readonly Hit[] | null>(null);
  const { busy, trouble, start } = useDoing();
  const find = (event: Event) => {
    event.preventDefault();
    const wanted = words.value.trim();
    if (!wanted) hits.value = null;
    else void start(async () => void (hits.value = (await callRoutes.find(call, wanted)).items));
  };
  const type = (event: Event & { currentTarget: HTMLInputElement }) => {
    words.value = event.currentTarget.value;
    if (!words.value) hits.value = null;
  };
  return (
    <form class="find" role="search" aria-label="Transcript" onSubmit={find}>
      <input
        type="search"
        aria-label="Words that were said"
        placeholder="Find what was said"
        value={words.value}
        maxLength={300}
        onInput={type}
      />
      <button type="submit" class="plain" aria-busy={busy.value}>
        Find
      </button>
      <Trouble words={trouble.value} />
      <div role="status">{hits.value && <Hits hits={hits.value} />}</div>
    </form>
  );
}

function Hits({ hits }: { hits: readonly Hit[] }) {
  if (hits.length === 0) return <p class="quiet">Nobody said that.</p>;
  return (
    <ul class="hits">
      {hits.map((hit) => (
        <li key={hit.n}>
          <Jump ms={hit.start_ms} /> {hit.text}
        </li>
      ))}
    </ul>
  );
}

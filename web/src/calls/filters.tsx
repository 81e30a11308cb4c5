/** Which recordings are listed: by words of name and metadata, where they stand, profile and day. */
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { Sought } from "./api.ts";
import { useProfiles } from "./profiles/all.ts";
import { EVERYTHING, type Shelf } from "./shelf.ts";
import { FAILED, inWords, STEPS } from "./status.ts";

const TYPED_MS = 300;

export function Filters({ shelf }: { shelf: Shelf }) {
  const sought = shelf.sought.value;
  const text = useSignal(sought.q);
  const profiles = useProfiles();
  const seek = (change: Partial<Sought>) => void shelf.seek({ ...shelf.sought.value, ...change });
  useEffect(() => {
    if (text.value === shelf.sought.value.q) return undefined;
    const timer = setTimeout(() => seek({ q: text.value }), TYPED_MS);
    return () => clearTimeout(timer);
  }, [text.value]);
  const clear = () => {
    text.value = "";
    void shelf.seek(EVERYTHING);
  };
  return (
    <form class="filters" role="search" aria-label="Recordings" onSubmit={(event) => event.preventDefault()}>
      <label>
        Search
        <input
          type="search"
          value={text.value}
          placeholder="File name or details"
          maxLength={300}
          onInput={(event) => (text.value = event.currentTarget.value)}
        />
      </label>
      <Choice name="Status" value={sought.status} onChoose={(status) => seek({ status })}>
        {[...STEPS, FAILED].map((status) => [status, inWords(status)])}
      </Choice>
      <Choice name="Profile" value={sought.profile} onChoose={(profile) => seek({ profile })}>
        {profiles.map(({ profile, name }) => [profile, name])}
      </Choice>
      <Day name="From" value={sought.from} onChoose={(from) => seek({ from })} />
      <Day name="To" value={sought.to} onChoose={(to) => seek({ to })} />
      {shelf.isFiltered && (
        <button type="button" class="link" onClick={clear}>
          Clear
        </button>
      )}
    </form>
  );
}

interface Choosing {
  name: string;
  value: string;
  onChoose: (value: string) => void;
}

function Choice({
  name,
  value,
  onChoose,
  children,
}: Choosing & { children: readonly (readonly string[])[] }) {
  return (
    <label>
      {name}
      <select value={value} onChange={(event) => onChoose(event.currentTarget.value)}>
        <option value="">Any</option>
        {children.map(([id, title]) => (
          <option key={id} value={id}>
            {title}
          </option>
        ))}
      </select>
    </label>
  );
}

function Day({ name, value, onChoose }: Choosing) {
  return (
    <label>
      {name}
      <input type="date" value={value} onChange={(event) => onChoose(event.currentTarget.value)} />
    </label>
  );
}

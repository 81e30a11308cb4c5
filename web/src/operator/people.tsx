/** Who is here and what they spend, a page at a time. */
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { useDoing } from "../parts/doing.ts";
import { dollars } from "../parts/money.ts";
import { Section } from "../parts/section.tsx";
import { dayOfTime } from "../parts/times.ts";
import { Trouble } from "../parts/trouble.tsx";
import { routes } from "./routes.ts";
import type { OperatedPerson } from "./shapes.ts";

const PAGE = 20;

interface Read {
  people: readonly OperatedPerson[];
  next: string | null;
}

export function People() {
  const read = useSignal<Read | null>(null);
  const { busy, trouble, start } = useDoing();
  const more = () =>
    start(async () => {
      const { items, next } = await routes.people({ limit: PAGE, cursor: read.value?.next ?? null });
      read.value = { people: [...(read.value?.people ?? []), ...items], next };
    });
  useEffect(() => void more(), []);
  const open = read.value?.next !== null;
  return (
    <Section title="People" about="Everybody whom the assistant has met, and what they spent.">
      {read.value && <Table people={read.value.people} />}
      <Trouble words={trouble.value} />
      {open && (
        <button type="button" class="plain" aria-busy={busy.value} onClick={() => void more()}>
          {busy.value ? "Loading…" : "Show more"}
        </button>
      )}
    </Section>
  );
}

function Table({ people }: { people: readonly OperatedPerson[] }) {
  if (people.length === 0) return <p class="quiet">Nobody yet.</p>;
  return (
    <div class="table-frame" tabIndex={0} role="region" aria-label="People and what they spent">
      <table class="people">
        <thead>
          <tr>
            <th scope="col">Person</th>
            <th scope="col">Channels</th>
            <th scope="col">Since</th>
            <th scope="col" class="amount">
              Today
            </th>
            <th scope="col" class="amount">
              This month
            </th>
          </tr>
        </thead>
        <tbody>{people.map(row)}</tbody>
      </table>
    </div>
  );
}

function row(person: OperatedPerson) {
  return (
    <tr key={person.person}>
      <th scope="row" class="id">
        {person.person}
      </th>
      <td>{person.channels.join(", ")}</td>
      <td>{dayOfTime(person.since)}</td>
      <td class="amount">{dollars(person.today)}</td>
      <td class="amount">{dollars(person.month)}</td>
    </tr>
  );
}

/** The time zone by which the assistant tells days and hours. */
import { useSignal } from "@preact/signals";
import type { Me } from "../api/shapes.ts";
import { Problem } from "../api/problem.ts";
import { announce } from "../parts/announce.tsx";
import { useDoing } from "../parts/doing.ts";
import { useLoaded } from "../parts/loaded.ts";
import { Awaited } from "../parts/loading.tsx";
import { Section } from "../parts/section.tsx";
import { Trouble } from "../parts/trouble.tsx";
import { me, readMe, routes } from "../services.ts";

const STALE =
  "Your profile was changed elsewhere meanwhile. It has been read again: please look and save once more.";

export function Profile() {
  const loading = useLoaded(readMe);
  return (
    <Section title="Profile" about="The assistant tells days and hours by your time zone.">
      <Awaited of={loading}>{(read) => <Zone person={me.value ?? read} />}</Awaited>
    </Section>
  );
}

function Zone({ person }: { person: Me }) {
  const zone = useSignal(person.zone);
  const { busy, trouble, start } = useDoing();
  const here = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const save = (event: Event) => {
    event.preventDefault();
    void start(async () => {
      zone.value = await saved(zone.value, person.version);
    });
  };
  return (
    <form class="stack" onSubmit={save}>
      <label for="zone">Time zone</label>
      <select id="zone" value={zone.value} onChange={(event) => (zone.value = event.currentTarget.value)}>
        {zones(person.zone, zone.value).map((name) => (
          <option key={name} value={name}>
            {name.replaceAll("_", " ")}
          </option>
        ))}
      </select>
      {here !== zone.value && (
        <button type="button" class="link" onClick={() => (zone.value = here)}>
          Use this device’s: {here.replaceAll("_", " ")}
        </button>
      )}
      <Trouble words={trouble.value} />
      <button type="submit" class="plain" disabled={zone.value === person.zone} aria-busy={busy.value}>
        Save
      </button>
    </form>
  );
}

/** The zone as it is kept now. Errors: a Problem in words when somebody else changed the profile. */
async function saved(zone: string, version: number): Promise<string> {
  try {
    me.value = await routes.setZone({ zone, version });
  } catch (error) {
    if (!(error instanceof Problem && error.status === 412)) throw error;
    await readMe();
    throw new Problem(412, STALE, null);
  }
  announce("Time zone saved");
  return me.value.zone;
}

function zones(...known: string[]): string[] {
  return [...new Set([...Intl.supportedValuesOf("timeZone"), "UTC", ...known])].sort();
}

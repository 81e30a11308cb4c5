/** The profiles by which calls are analyzed: everybody's standard one, and one's own. */
import { useLoaded } from "../../parts/loaded.ts";
import { Awaited } from "../../parts/loading.tsx";
import { counted } from "../reading.ts";
import type { Shelved } from "../shapes.ts";
import { readProfiles } from "./all.ts";

export const NEW = "+";

export function Profiles() {
  const loading = useLoaded(readProfiles);
  return (
    <section class="listed" aria-labelledby="profiles">
      <h2 id="profiles">Profiles</h2>
      <p class="quiet">
        A profile says what is asked of a call and what shape the answer has. Each version is fixed for good;
        the published one is in use.
      </p>
      <Awaited of={loading}>{(profiles) => <ul class="rows">{profiles.map(row)}</ul>}</Awaited>
      <p>
        <a class="plain button" href={`#calls/profiles/${NEW}`}>
          New profile
        </a>
      </p>
    </section>
  );
}

function row(shelved: Shelved) {
  const { profile, name, published, versions, preferred, standard } = shelved;
  return (
    <li key={profile} class="row">
      <div>
        <p>
          <a href={`#calls/profiles/${profile}`}>{name}</a>
          {preferred && <span class="tag">used when nothing else fits</span>}
        </p>
        <p class="quiet">
          {standard ? "Everybody’s" : counted(versions, "version")} ·{" "}
          {published === null ? "not published" : `version ${published} in use`}
        </p>
      </div>
    </li>
  );
}

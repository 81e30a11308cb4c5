/** One profile: its versions, which of them is in use, and the next one being written. */
import { useSignal } from "@preact/signals";
import { announce } from "../../parts/announce.tsx";
import { useDoing } from "../../parts/doing.ts";
import { useLoaded } from "../../parts/loaded.ts";
import { Awaited } from "../../parts/loading.tsx";
import { Trouble } from "../../parts/trouble.tsx";
import { callRoutes } from "../services.ts";
import type { Profile, Shelved } from "../shapes.ts";
import { Title } from "../title.tsx";
import { readProfiles } from "./all.ts";
import { copied, TEMPLATE, written } from "./draft.ts";
import { Editor } from "./editor.tsx";
import { NEW } from "./profiles.tsx";
import { Trying } from "./trying.tsx";

interface Read {
  shelved: Shelved | null;
  versions: readonly Profile[];
}

export function ProfilePage({ id }: { id: string }) {
  return <div class="calls">{id === NEW ? <New /> : <Known id={id} />}</div>;
}

function New() {
  const opened = (profile: Profile) => (location.hash = `#calls/profiles/${profile.id}`);
  return (
    <>
      <Title back="All profiles" to="#calls/profiles">
        New profile
      </Title>
      <Editor text={written(TEMPLATE)} onSaved={opened} />
    </>
  );
}

function Known({ id }: { id: string }) {
  const loading = useLoaded<Read>(async () => {
    const [all, { items }] = await Promise.all([readProfiles(), callRoutes.versions(id)]);
    return { shelved: all.find(({ profile }) => profile === id) ?? null, versions: items };
  });
  return (
    <Awaited of={loading}>
      {({ shelved, versions }) =>
        shelved ? <Shown shelved={shelved} versions={versions} again={loading.again} /> : <Gone />
      }
    </Awaited>
  );
}

function Gone() {
  return (
    <p class="trouble" role="alert">
      There is no such profile. <a href="#calls/profiles">All profiles</a>
    </p>
  );
}

interface Props {
  shelved: Shelved;
  versions: readonly Profile[];
  again: () => Promise<void>;
}

function Shown({ shelved, versions, again }: Props) {
  const newest = versions[0];
  const text = useSignal(newest ? (shelved.standard ? copied(newest) : written(newest)) : written(TEMPLATE));
  const saved = (profile: Profile) => {
    if (profile.id === shelved.profile) void again();
    else location.hash = `#calls/profiles/${profile.id}`;
  };
  return (
    <>
      <Title back="All profiles" to="#calls/profiles">
        {shelved.name}
      </Title>
      <Versions
        shelved={shelved}
        versions={versions}
        again={again}
        onEdit={(chosen) => (text.value = chosen)}
      />
      <h3>{shelved.standard ? "A copy of your own" : "The next version"}</h3>
      <Editor key={text.value} text={text.value} onSaved={saved} />
    </>
  );
}

function Versions({ shelved, versions, again, onEdit }: Props & { onEdit: (text: string) => void }) {
  const trying = useSignal<Profile | null>(null);
  const { busy, trouble, start } = useDoing();
  const change = (act: () => Promise<void>, said: string) =>
    void start(async () => {
      await act();
      await again();
      announce(said);
    });
  const publish = ({ version }: Profile) =>
    change(() => callRoutes.publish(shelved.profile, version), `Version ${version} is in use`);
  const rollBack = () =>
    change(() => callRoutes.rollBack(shelved.profile), "The version before is in use again");
  return (
    <>
      <ul class="rows" aria-busy={busy.value}>
        {versions.map((profile) => (
          <Version
            key={profile.version}
            shelved={shelved}
            profile={profile}
            onTry={() => (trying.value = profile)}
            onPublish={() => publish(profile)}
            onEdit={onEdit}
          />
        ))}
      </ul>
      <Trouble words={trouble.value} />
      {!shelved.standard && shelved.published !== null && (
        <p>
          <button type="button" class="plain" onClick={rollBack}>
            Roll back to the version before
          </button>
        </p>
      )}
      {trying.value && (
        <Trying
          profile={shelved.profile}
          version={trying.value.version}
          onClose={() => (trying.value = null)}
        />
      )}
    </>
  );
}

interface OneVersion {
  shelved: Shelved;
  profile: Profile;
  onTry: () => void;
  onPublish: () => void;
  onEdit: (text: string) => void;
}

function Version({ shelved: { standard, published }, profile, onTry, onPublish, onEdit }: OneVersion) {
  const inUse = profile.version === published;
  return (
    <li class="row">
      <p>
        Version {profile.version}
        {inUse && <span class="tag">in use</span>}
      </p>
      <div class="buttons">
        <button type="button" class="plain" onClick={onTry}>
          Try on a call…
        </button>
        {!standard && !inUse && (
          <button type="button" class="plain" onClick={onPublish}>
            Publish
          </button>
        )}
        <button
          type="button"
          class="plain"
          onClick={() => onEdit(standard ? copied(profile) : written(profile))}
        >
          {standard ? "Copy" : "Edit"}
        </button>
      </div>
    </li>
  );
}

/** What is known of a call beside its recording: a title, free details, the profile, and who is told. */
import type { Signal } from "@preact/signals";
import { useId } from "preact/hooks";
import type { Channel } from "../../api/shapes.ts";
import { me } from "../../services.ts";
import { useProfiles } from "../profiles/all.ts";
import type { Wanted } from "../shapes.ts";
import { contentType } from "./file.ts";

export interface Said {
  title: string;
  fields: readonly (readonly [string, string])[];
  /** "" is the one that fits. */
  profile: string;
  /** A channel's id; "" is this account. */
  tell: string;
  consent: boolean;
}

export const BLANK: Said = { title: "", fields: [], profile: "", tell: "", consent: false };

const MOST_FIELDS = 19;
const LONGEST_NAME = 40;
const LONGEST_VALUE = 200;

export function wantedOf(file: File, { title, fields, profile, tell, consent }: Said): Wanted {
  const known = [["title", title] as const, ...fields]
    .map(([name, value]) => [name.trim(), value.trim()])
    .filter(([name, value]) => name && value);
  return {
    file_name: file.name,
    content_type: contentType(file),
    size: file.size,
    metadata: Object.fromEntries(known) as Record<string, string>,
    consent,
    ...(profile ? { profile: { profile } } : {}),
    ...(tell ? { tell } : {}),
  };
}

export function Details({ said }: { said: Signal<Said> }) {
  const change = (to: Partial<Said>) => (said.value = { ...said.value, ...to });
  const id = useId();
  return (
    <>
      <label for={`${id}title`}>Title</label>
      <input
        id={`${id}title`}
        value={said.value.title}
        maxLength={LONGEST_VALUE}
        placeholder="What you will know it by (optional)"
        onInput={(event) => change({ title: event.currentTarget.value })}
      />
      <Fields said={said} />
      <ProfileChoice id={id} said={said} />
      <Told id={id} said={said} />
    </>
  );
}

/** Details choose profiles by their rules, and are found again by the search. */
function Fields({ said }: { said: Signal<Said> }) {
  const { fields } = said.value;
  const put = (next: Said["fields"]) => (said.value = { ...said.value, fields: next });
  return (
    <fieldset class="fields">
      <legend>Details</legend>
      {fields.map((field, place) => (
        <Field
          key={place}
          place={place}
          field={field}
          onChange={(changed) => put(fields.map((each, at) => (at === place ? changed : each)))}
          onRemove={() => put(fields.filter((_, at) => at !== place))}
        />
      ))}
      {fields.length < MOST_FIELDS && (
        <button type="button" class="link" onClick={() => put([...fields, ["", ""]])}>
          Add a detail, such as client or team
        </button>
      )}
    </fieldset>
  );
}

interface OneField {
  place: number;
  field: readonly [string, string];
  onChange: (field: readonly [string, string]) => void;
  onRemove: () => void;
}

function Field({ place, field: [name, value], onChange, onRemove }: OneField) {
  return (
    <div class="field-row">
      <input
        value={name}
        maxLength={LONGEST_NAME}
        aria-label={`Detail ${place + 1}: name`}
        placeholder="client"
        onInput={(event) => onChange([event.currentTarget.value, value])}
      />
      <input
        value={value}
        maxLength={LONGEST_VALUE}
        aria-label={`Detail ${place + 1}: what it says`}
        placeholder="Northside Heating"
        onInput={(event) => onChange([name, event.currentTarget.value])}
      />
      <button type="button" class="plain" aria-label={`Remove detail ${place + 1}`} onClick={onRemove}>
        Remove
      </button>
    </div>
  );
}

function ProfileChoice({ id, said }: { id: string; said: Signal<Said> }) {
  const published = useProfiles().filter((profile) => profile.published !== null);
  return (
    <>
      <label for={`${id}profile`}>Analyze by</label>
      <select
        id={`${id}profile`}
        value={said.value.profile}
        onChange={(event) => (said.value = { ...said.value, profile: event.currentTarget.value })}
      >
        <option value="">The profile that fits</option>
        {published.map(({ profile, name }) => (
          <option key={profile} value={profile}>
            {name}
          </option>
        ))}
      </select>
    </>
  );
}

function Told({ id, said }: { id: string; said: Signal<Said> }) {
  const others = me.value?.channels.filter((channel) => !channel.this) ?? [];
  if (others.length === 0) return null;
  return (
    <>
      <label for={`${id}tell`}>Tell me when it is done</label>
      <select
        id={`${id}tell`}
        value={said.value.tell}
        onChange={(event) => (said.value = { ...said.value, tell: event.currentTarget.value })}
      >
        <option value="">Here</option>
        {others.map((channel) => (
          <option key={channel.id} value={channel.id}>
            {reached(channel)}
          </option>
        ))}
      </select>
    </>
  );
}

function reached({ channel, address }: Channel): string {
  return address ? `${address} (${channel})` : channel;
}

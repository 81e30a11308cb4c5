/** What can be done with a call: analyze it by another profile, or delete all of it. */
import { useSignal } from "@preact/signals";
import { announce } from "../../parts/announce.tsx";
import { Dialog } from "../../parts/dialog.tsx";
import { useDoing } from "../../parts/doing.ts";
import { Trouble } from "../../parts/trouble.tsx";
import { useProfiles } from "../profiles/all.ts";
import { titled } from "../reading.ts";
import { callRoutes } from "../services.ts";
import type { Call } from "../shapes.ts";
import { isMoving } from "../status.ts";
import { drop } from "../upload/uploads.ts";

interface Props {
  call: Call;
  again: () => Promise<void>;
}

export function Actions({ call, again }: Props) {
  const open = useSignal<"reanalyze" | "delete" | null>(null);
  const close = () => (open.value = null);
  return (
    <div class="buttons">
      {Boolean(call.words) && !isMoving(call) && (
        <button type="button" class="plain" onClick={() => (open.value = "reanalyze")}>
          Analyze again…
        </button>
      )}
      <button type="button" class="danger" onClick={() => (open.value = "delete")}>
        Delete…
      </button>
      {open.value === "reanalyze" && <Reanalyzing call={call} again={again} onClose={close} />}
      {open.value === "delete" && <Deleting call={call} onClose={close} />}
    </div>
  );
}

function Reanalyzing({ call, again, onClose }: Props & { onClose: () => void }) {
  const profile = useSignal("");
  const published = useProfiles().filter((each) => each.published !== null);
  const { busy, trouble, start } = useDoing();
  const reanalyze = () =>
    start(async () => {
      await callRoutes.reanalyze(call.id, profile.value ? { profile: profile.value } : {});
      await again();
      announce("The call is being analyzed again");
      onClose();
    });
  return (
    <Dialog title="Analyze again?" onClose={onClose} held={busy.value}>
      <p>Nothing is transcribed again. What was found before stays beside what will be found.</p>
      <label class="stack">
        Profile
        <select value={profile.value} onChange={(event) => (profile.value = event.currentTarget.value)}>
          <option value="">The profile that fits</option>
          {published.map((each) => (
            <option key={each.profile} value={each.profile}>
              {each.name}, version {each.published}
            </option>
          ))}
        </select>
      </label>
      <Trouble words={trouble.value} />
      <div class="buttons">
        <button type="button" class="plain" onClick={onClose}>
          Cancel
        </button>
        <button type="button" class="primary" aria-busy={busy.value} onClick={() => void reanalyze()}>
          Analyze
        </button>
      </div>
    </Dialog>
  );
}

function Deleting({ call, onClose }: { call: Call; onClose: () => void }) {
  const { busy, trouble, start } = useDoing();
  const remove = () =>
    start(async () => {
      await callRoutes.remove(call.id);
      drop(call.id);
      announce(`${titled(call)} is deleted`);
      location.hash = "#calls";
    });
  return (
    <Dialog title={`Delete ${titled(call)}?`} onClose={onClose} held={busy.value}>
      <p>The recording, its transcript and everything that was found in it go for good.</p>
      <Trouble words={trouble.value} />
      <div class="buttons">
        <button type="button" class="plain" onClick={onClose}>
          Keep it
        </button>
        <button type="button" class="danger" aria-busy={busy.value} onClick={() => void remove()}>
          Delete
        </button>
      </div>
    </Dialog>
  );
}

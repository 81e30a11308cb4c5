/** A version tried on a past call: what it finds is kept beside the rest, as a trial. */
import { useSignal } from "@preact/signals";
import { Dialog } from "../../parts/dialog.tsx";
import { useDoing } from "../../parts/doing.ts";
import { useLoaded } from "../../parts/loaded.ts";
import { Awaited } from "../../parts/loading.tsx";
import { dayOfTime } from "../../parts/times.ts";
import { Trouble } from "../../parts/trouble.tsx";
import { titled } from "../reading.ts";
import { callRoutes } from "../services.ts";
import type { CallLine } from "../shapes.ts";
import { COMPLETED } from "../status.ts";

interface Props {
  profile: string;
  version: number;
  onClose: () => void;
}

const MOST = 50;

export function Trying({ profile, version, onClose }: Props) {
  const loading = useLoaded(
    async () => (await callRoutes.list({ status: COMPLETED }, { limit: MOST })).items,
  );
  const { busy, trouble, start } = useDoing();
  const attempt = (call: string) =>
    void start(async () => {
      await callRoutes.tryOn(profile, { version, call });
      location.hash = `#calls/${call}`;
    });
  return (
    <Dialog title={`Try version ${version} on a call`} onClose={onClose} held={busy.value}>
      <p>Nothing is transcribed again, and what was found before stays in use.</p>
      <Awaited of={loading}>
        {(calls) => <Choosing calls={calls} busy={busy.value} onTry={attempt} onClose={onClose} />}
      </Awaited>
      <Trouble words={trouble.value} />
    </Dialog>
  );
}

interface Choice {
  calls: readonly CallLine[];
  busy: boolean;
  onTry: (call: string) => void;
  onClose: () => void;
}

function Choosing({ calls, busy, onTry, onClose }: Choice) {
  const chosen = useSignal(calls[0]?.id ?? "");
  if (calls.length === 0) return <p class="quiet">There is no call yet that is done.</p>;
  return (
    <>
      <label class="stack">
        Call
        <select value={chosen.value} onChange={(event) => (chosen.value = event.currentTarget.value)}>
          {calls.map((call) => (
            <option key={call.id} value={call.id}>
              {titled(call)}, {dayOfTime(call.created_at)}
            </option>
          ))}
        </select>
      </label>
      <div class="buttons">
        <button type="button" class="plain" onClick={onClose}>
          Cancel
        </button>
        <button type="button" class="primary" aria-busy={busy} onClick={() => onTry(chosen.value)}>
          Try it
        </button>
      </div>
    </>
  );
}

/** One call: its recording and transcript in step, what was found in it, and how it came to stand where it does. */
import { useSignal } from "@preact/signals";
import { useMemo } from "preact/hooks";
import { announce } from "../../parts/announce.tsx";
import { useLoaded, type Loading } from "../../parts/loaded.ts";
import { Awaited } from "../../parts/loading.tsx";
import { moment } from "../../parts/times.ts";
import { Badge } from "../badge.tsx";
import { useLive } from "../live.ts";
import { titled } from "../reading.ts";
import { callRoutes } from "../services.ts";
import type { Analysis, Call } from "../shapes.ts";
import { hasEnded, inWords, isMoving, waitsForFile } from "../status.ts";
import { Title } from "../title.tsx";
import { UploadState } from "../upload/upload-state.tsx";
import { uploadOf } from "../upload/uploads.ts";
import { Actions } from "./actions.tsx";
import { Facts, History } from "./facts.tsx";
import { Insights } from "./insights.tsx";
import { Player } from "./player.tsx";
import { Playing, PlayingContext } from "./playing.ts";
import { TalkTime } from "./talk.tsx";
import { Transcript } from "./transcript.tsx";

export function CallPage({ id }: { id: string }) {
  const loading = useLoaded(() => callRoutes.call(id));
  useWatched(id, loading);
  return (
    <div class="calls call">
      <Awaited of={loading}>{(call) => <Shown call={call} again={loading.again} />}</Awaited>
    </div>
  );
}

function useWatched(id: string, loading: Loading<Call>): void {
  const call = () => (loading.now.value.is === "there" ? loading.now.value.value : null);
  useLive({
    moving: () => {
      const known = call();
      const arrived = uploadOf(id)?.transfer.progress.value.at === "arrived";
      return known !== null && (isMoving(known) || (arrived && waitsForFile(known)));
    },
    look: loading.again,
    heard: (frame) => {
      const known = call();
      if (frame.id !== id || !known) return;
      loading.put({ ...known, status: frame.status, reason: frame.reason });
      if (hasEnded(frame)) announce(`${titled(known)}: ${inWords(frame.status)}`);
      void loading.again();
    },
  });
}

function Shown({ call, again }: { call: Call; again: () => Promise<void> }) {
  const playing = useMemo(() => new Playing(call.duration_s ?? 0), [call.id]);
  return (
    <PlayingContext.Provider value={playing}>
      <Title back="All recordings" to="#calls">
        {titled(call)}
      </Title>
      <Badge call={call} />
      <Facts call={call} />
      {call.reason && (
        <p class="trouble" role="alert">
          {call.reason.text}
        </p>
      )}
      <UploadState call={call} upload={uploadOf(call.id)} />
      <Actions call={call} again={again} />
      {call.words ? <Heard call={call} again={again} /> : <Working call={call} comes="What was said" />}
      <History call={call} />
    </PlayingContext.Provider>
  );
}

function Working({ call, comes }: { call: Call; comes: string }) {
  if (!isMoving(call)) return null;
  return (
    <div class="waiting" role="status">
      <p>
        {inWords(call.status)}… {comes} appears here by itself.
      </p>
      <progress aria-label={inWords(call.status)} />
    </div>
  );
}

function Heard({ call, again }: { call: Call; again: () => Promise<void> }) {
  return (
    <div class="call-columns">
      <div class="call-found">
        <Working call={call} comes="What is found" />
        <Found call={call} />
      </div>
      <div class="call-heard">
        <Player audio={call.audio} onExpired={again} />
        <Transcript call={call.id} />
      </div>
    </div>
  );
}

/** The newest that was no trial, unless another is chosen. */
function Found({ call }: { call: Call }) {
  const chosen = useSignal("");
  const newest = call.analyses.find((analysis) => !analysis.trial) ?? call.analyses[0];
  const shown = call.analyses.find(({ id }) => id === chosen.value) ?? newest;
  if (!shown) return call.talk ? <TalkTime talk={call.talk} /> : null;
  return (
    <>
      {call.analyses.length > 1 && (
        <label class="analysis-choice">
          Analysis
          <select value={shown.id} onChange={(event) => (chosen.value = event.currentTarget.value)}>
            {call.analyses.map((analysis) => (
              <option key={analysis.id} value={analysis.id}>
                {named(analysis)}
              </option>
            ))}
          </select>
        </label>
      )}
      <Insights key={shown.id} call={call.id} analysis={shown.id} />
    </>
  );
}

function named({ profile_name: name, version, trial, at }: Analysis): string {
  return `${name} ${version}${trial ? " (trial)" : ""}, ${moment(at)}`;
}

/** All recordings: the form for a new one, what is on its way, and the list with its filters. */
import { useEffect } from "preact/hooks";
import { announce } from "../parts/announce.tsx";
import { dollars, isNothing } from "../parts/money.ts";
import { moment } from "../parts/times.ts";
import { standing } from "../session.ts";
import { Badge } from "./badge.tsx";
import { Filters } from "./filters.tsx";
import { useLive } from "./live.ts";
import { clock, counted, titled } from "./reading.ts";
import { callRoutes } from "./services.ts";
import type { CallLine } from "./shapes.ts";
import { Shelf } from "./shelf.ts";
import { hasEnded, inWords, mood } from "./status.ts";
import { NewCall } from "./upload/new-call.tsx";
import { UploadState } from "./upload/upload-state.tsx";
import { uploads, uploadOf } from "./upload/uploads.ts";

/** Kept while other views are shown, so that one comes back to what one left. */
const shelf = new Shelf(callRoutes);
standing.subscribe((now) => {
  if (now === "out") shelf.clear();
});

export function CallList() {
  useEffect(() => void shelf.read(), []);
  useLive({
    moving: () =>
      shelf.isMoving || uploads.value.some(({ transfer }) => transfer.progress.value.at === "arrived"),
    look: () => shelf.read(),
    heard: (frame) => {
      void shelf.heard(frame);
      const call = shelf.calls.value?.find(({ id }) => id === frame.id);
      if (call && hasEnded(frame)) announce(`${titled(call)}: ${inWords(frame.status)}`);
    },
  });
  return (
    <>
      <NewCall onBegun={() => void shelf.read()} />
      <section class="listed" aria-labelledby="recordings">
        <h2 id="recordings">Recordings</h2>
        <Filters shelf={shelf} />
        <Listing />
      </section>
    </>
  );
}

function Listing() {
  const calls = shelf.calls.value;
  return (
    <div aria-busy={shelf.busy.value}>
      {shelf.trouble.value && (
        <p class="trouble" role="alert">
          {shelf.trouble.value}{" "}
          <button type="button" class="link" onClick={() => void shelf.read()}>
            Try again
          </button>
        </p>
      )}
      {calls === null && !shelf.trouble.value && <p class="quiet">Loading…</p>}
      {calls?.length === 0 && <Nothing />}
      {calls && calls.length > 0 && <ul class="rows call-rows">{calls.map(row)}</ul>}
      {shelf.next.value && (
        <button
          type="button"
          class="plain"
          aria-busy={shelf.busy.value}
          onClick={() => void shelf.readMore()}
        >
          {shelf.busy.value ? "Loading…" : "Show more"}
        </button>
      )}
    </div>
  );
}

function Nothing() {
  if (shelf.next.value) return <p class="quiet">None among the newest. There are older ones.</p>;
  if (shelf.isFiltered) return <p class="quiet">No recording fits these filters.</p>;
  return (
    <div class="empty-calls">
      <h3>No recordings yet</h3>
      <p class="quiet">
        Choose a recording above: minutes later you have who said what and when, a summary, topics, and who
        promised what.
      </p>
    </div>
  );
}

function row(call: CallLine) {
  const upload = uploadOf(call.id);
  return (
    <li key={call.id} class={`row call-row call-${mood(call)}`}>
      <div>
        <p class="call-name">
          <a href={`#calls/${call.id}`}>{titled(call)}</a> <Badge call={call} />
        </p>
        <p class="quiet number">{facts(call).join(" · ")}</p>
        {call.headline && <p class="headline">{call.headline}</p>}
        {call.reason && <p class="trouble">{call.reason.text}</p>}
        <UploadState call={call} upload={upload} />
      </div>
    </li>
  );
}

function facts(call: CallLine): string[] {
  return [
    moment(call.created_at),
    ...(call.duration_s === null ? [] : [clock(call.duration_s)]),
    ...(call.speakers ? [counted(call.speakers, "speaker")] : []),
    ...(isNothing(call.cost) ? [] : [dollars(call.cost)]),
  ];
}

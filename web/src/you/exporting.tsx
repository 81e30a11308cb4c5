/** A copy of everything, made in the background and fetched by a link that lasts some minutes. */
import { useSignal, type Signal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { inWords } from "../api/problem.ts";
import type { Export } from "../api/shapes.ts";
import { announce } from "../parts/announce.tsx";
import { useDoing, type Doing } from "../parts/doing.ts";
import { clockTime } from "../parts/times.ts";
import { Trouble } from "../parts/trouble.tsx";
import { routes } from "../services.ts";
import { isEnded, useWatch } from "./job.ts";

const KEY = "export";

export function Exporting() {
  const job = useSignal<Export | null>(null);
  const lost = useSignal("");
  const doing = useDoing();
  const put = (next: Export) => {
    if (next.state === "done" && job.value?.state !== "done") announce("Your export is ready");
    job.value = next;
  };
  useFoundAgain(job);
  useWatch(job.value, { look: routes.export, put, onLost: (error) => (lost.value = inWords(error)) });
  const request = () =>
    doing.start(async () => {
      job.value = await routes.requestExport();
      sessionStorage.setItem(KEY, job.value.id);
    });
  return (
    <div class="own">
      <h3>Export</h3>
      <p class="quiet">
        One archive with your profile, channels, conversation and spending, ready in a moment.
      </p>
      {job.value && <Progress job={job.value} doing={doing} put={put} />}
      <Trouble words={doing.trouble.value || lost.value} />
      {(!job.value || isEnded(job.value)) && (
        <button type="button" class="plain" aria-busy={doing.busy.value} onClick={() => void request()}>
          {job.value ? "Make a new copy" : "Make a copy"}
        </button>
      )}
    </div>
  );
}

/** After a reload the copy that was asked for is still there. */
function useFoundAgain(job: Signal<Export | null>): void {
  useEffect(() => {
    const id = sessionStorage.getItem(KEY);
    if (id)
      routes.export(id).then(
        (found) => (job.value = found),
        () => sessionStorage.removeItem(KEY),
      );
  }, []);
}

function Progress({ job, doing, put }: { job: Export; doing: Doing; put: (job: Export) => void }) {
  if (job.state === "failed") return <Trouble words="The copy could not be made. Please try again." />;
  if (job.state !== "done" || !job.url) return <Waiting words="Your copy is being made…" />;
  const renew = () => doing.start(async () => put(await routes.export(job.id)));
  return (
    <p class="good">
      <a href={job.url} target="_blank" rel="noopener noreferrer" download>
        Download your data
      </a>
      {job.bytes !== null && <> ({kilobytes(job.bytes)})</>}
      {job.expires_at && <>, by {clockTime(job.expires_at)}. </>}
      <button type="button" class="link" onClick={() => void renew()}>
        Renew the link
      </button>
    </p>
  );
}

export function Waiting({ words }: { words: string }) {
  return (
    <div class="waiting">
      <p>{words}</p>
      <progress aria-label={words} />
    </div>
  );
}

function kilobytes(bytes: number): string {
  return bytes < 1_000_000 ? `${Math.ceil(bytes / 1000)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}

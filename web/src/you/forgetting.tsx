/** Erasing everything: asked for in words, watched, and proved by counts; afterwards nobody is signed in. */
import { useSignal } from "@preact/signals";
import { CONFIRMATION } from "../api/routes.ts";
import type { Erasure } from "../api/shapes.ts";
import { inWords } from "../api/problem.ts";
import { announce } from "../parts/announce.tsx";
import { Dialog } from "../parts/dialog.tsx";
import { useDoing } from "../parts/doing.ts";
import { Trouble } from "../parts/trouble.tsx";
import { beginErasing, routes, vanish } from "../services.ts";
import { Waiting } from "./exporting.tsx";
import { isEnded, useWatch } from "./job.ts";

export function Forgetting() {
  const asked = useSignal(false);
  return (
    <div class="own">
      <h3>Forget me</h3>
      <p class="quiet">
        Erases your conversation, channels, profile and spending everywhere. Only what the law of consent
        demands is kept. It cannot be undone.
      </p>
      <button type="button" class="danger" onClick={() => (asked.value = true)}>
        Erase everything…
      </button>
      {asked.value && <ForgetDialog onClose={() => (asked.value = false)} />}
    </div>
  );
}

function ForgetDialog({ onClose }: { onClose: () => void }) {
  const job = useSignal<Erasure | null>(null);
  const lost = useSignal("");
  const put = (next: Erasure) => {
    if (next.state === "done") announce("Everything is erased");
    job.value = next;
  };
  useWatch(job.value, { look: routes.erasure, put, onLost: (error) => (lost.value = inWords(error)) });
  const over = job.value !== null && (isEnded(job.value) || lost.value !== "");
  const close = () => {
    if (job.value?.state === "done" || lost.value) vanish();
    else onClose();
  };
  return (
    <Dialog title={title(job.value, over)} onClose={close} held={job.value !== null && !over}>
      {!job.value && <Confirm onClose={onClose} put={put} />}
      {job.value && !over && <Waiting words="Erasing…" />}
      {job.value && over && <Proof job={job.value} lost={lost.value} onClose={close} />}
    </Dialog>
  );
}

function title(job: Erasure | null, over: boolean): string {
  if (!over) return "Erase everything?";
  return job?.state === "done" ? "Everything is erased" : "The erasure has not ended";
}

function Confirm({ onClose, put }: { onClose: () => void; put: (job: Erasure) => void }) {
  const typed = useSignal("");
  const { busy, trouble, start } = useDoing();
  const sure = typed.value.trim().toLowerCase() === CONFIRMATION;
  const erase = (event: Event) => {
    event.preventDefault();
    if (!sure) return;
    void start(async () => {
      put(await routes.requestErasure());
      beginErasing();
    });
  };
  return (
    <form class="stack" onSubmit={erase}>
      <p>
        Your whole conversation in every channel, your links, profile and spending are erased. To be sure,
        type <b>{CONFIRMATION}</b>.
      </p>
      <label for="confirmation">Type the words</label>
      <input
        id="confirmation"
        autocomplete="off"
        value={typed.value}
        onInput={(event) => (typed.value = event.currentTarget.value)}
      />
      <Trouble words={trouble.value} />
      <div class="buttons">
        <button type="button" class="plain" onClick={onClose}>
          Keep everything
        </button>
        <button type="submit" class="danger" disabled={!sure} aria-busy={busy.value}>
          Erase everything
        </button>
      </div>
    </form>
  );
}

function Proof({ job, lost, onClose }: { job: Erasure; lost: string; onClose: () => void }) {
  const failed = job.state === "failed";
  return (
    <div class="stack">
      {failed && <Trouble words="Not everything could be erased. Please try again." />}
      {lost && <p>The erasure goes on, but its proof can no longer be shown here: {lost}</p>}
      {job.erased && <Counts title="Erased" counts={job.erased} />}
      {job.kept && <Counts title="Kept, as the law demands" counts={job.kept} />}
      <div class="buttons">
        <button type="button" class="primary" onClick={onClose}>
          {failed ? "Close" : "Close and sign out"}
        </button>
      </div>
    </div>
  );
}

function Counts({ title, counts }: { title: string; counts: Record<string, number> }) {
  const rows = Object.entries(counts);
  return (
    <table>
      <caption>{title}</caption>
      <tbody>
        {rows.length === 0 && (
          <tr>
            <td>Nothing</td>
          </tr>
        )}
        {rows.map(([store, count]) => (
          <tr key={store}>
            <th scope="row">{store.replaceAll("_", " ")}</th>
            <td class="amount">{count}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** How far an upload is, and what can be done with it; or how one that was broken off goes on. */
import { useSignal } from "@preact/signals";
import { Trouble } from "../../parts/trouble.tsx";
import { bytes } from "../reading.ts";
import type { CallLine } from "../shapes.ts";
import { waitsForFile } from "../status.ts";
import { FileInput } from "./file-input.tsx";
import type { Progress, Transfer } from "./transfer.ts";
import { begin, drop, mismatch, type Upload } from "./uploads.ts";

export function UploadState({ call, upload }: { call: CallLine; upload: Upload | undefined }) {
  if (!waitsForFile(call)) return null;
  return upload ? <Uploading transfer={upload.transfer} call={call} /> : <GoOn call={call} />;
}

function Uploading({ transfer, call }: { transfer: Transfer; call: CallLine }) {
  const progress = transfer.progress.value;
  const name = `Upload of ${call.file_name}`;
  if (progress.at === "arrived")
    return <p class="quiet">The recording has arrived. Its turn comes in a moment.</p>;
  return (
    <div class="uploading" role="group" aria-label={name}>
      <progress aria-label={name} max={transfer.size} value={transfer.sent.value} />
      <p class="quiet number">
        {bytes(transfer.sent.value)} of {bytes(transfer.size)} · {standing(progress, transfer)}
      </p>
      {progress.at === "failed" && <Trouble words={progress.why} />}
      <div class="buttons">
        {progress.at === "sending" ? (
          <button type="button" class="plain" onClick={() => transfer.pause()}>
            Pause
          </button>
        ) : (
          <button type="button" class="plain" onClick={() => transfer.start()}>
            {progress.at === "paused" ? "Resume" : "Try again"}
          </button>
        )}
        <button type="button" class="plain" onClick={() => drop(call.id)}>
          Stop
        </button>
      </div>
    </div>
  );
}

function standing(progress: Progress, transfer: Transfer): string {
  switch (progress.at) {
    case "sending":
      return percent(transfer);
    case "paused":
      return transfer.isLarge ? `paused at ${percent(transfer)}` : "paused; a small file begins again";
    case "waiting":
      return navigator.onLine
        ? "the connection was lost, trying again…"
        : "offline, waiting for the network…";
    case "arrived":
      return "arrived";
    case "failed":
      return "stopped";
  }
}

function percent({ sent, size }: Transfer): string {
  return `${Math.floor((100 * sent.value) / size)} %`;
}

/** After a reload the browser no longer has the file: whoever chooses it again sends only what lacks. */
function GoOn({ call }: { call: CallLine }) {
  const fault = useSignal("");
  const take = (file: File) => {
    fault.value = mismatch(call, file);
    if (!fault.value) begin(call, file);
  };
  return (
    <>
      <p class="quiet">
        {call.status === "Failed" ? "The same file can be sent again: " : "The upload is not finished: "}
        <label class="again">
          <FileInput onFile={take} />
          <span class="link">choose {call.file_name} again</span>
        </label>
      </p>
      <Trouble words={fault.value} />
    </>
  );
}

/** A new recording: a file chosen or dropped, what is known of it, and that everybody agreed. */
import { useSignal, type Signal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { useId, useRef } from "preact/hooks";
import { announce } from "../../parts/announce.tsx";
import { useDoing } from "../../parts/doing.ts";
import { Drawing } from "../../parts/icons.tsx";
import { Trouble } from "../../parts/trouble.tsx";
import { WAVE } from "../icon.ts";
import { UPLOAD } from "../icons.ts";
import { bytes } from "../reading.ts";
import { callRoutes } from "../services.ts";
import { BLANK, Details, wantedOf, type Said } from "./details.tsx";
import { FileInput } from "./file-input.tsx";
import { faultOf, KINDS, MOST_BYTES } from "./file.ts";
import { begin } from "./uploads.ts";

export function NewCall({ onBegun }: { onBegun: () => void }) {
  const file = useSignal<File | null>(null);
  const fault = useSignal("");
  const heading = useId();
  const take = (chosen: File) => {
    fault.value = faultOf(chosen);
    file.value = fault.value ? null : chosen;
  };
  const done = () => {
    file.value = null;
    onBegun();
  };
  return (
    <section class="new-call" aria-labelledby={heading}>
      <h2 id={heading}>Add a recording</h2>
      <DropZone onFile={take}>{file.value ? <Chosen file={file.value} /> : <Invitation />}</DropZone>
      <Trouble words={fault.value} />
      {file.value && (
        <Form
          key={fingerprint(file.value)}
          file={file.value}
          onDone={done}
          onLeave={() => (file.value = null)}
        />
      )}
    </section>
  );
}

function DropZone({ onFile, children }: { onFile: (file: File) => void; children: ComponentChildren }) {
  const over = useSignal(false);
  const allow = (event: DragEvent) => {
    event.preventDefault();
    over.value = true;
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    over.value = false;
    const dropped = event.dataTransfer?.files[0];
    if (dropped) onFile(dropped);
  };
  return (
    <label
      class={over.value ? "drop drop-over" : "drop"}
      onDragOver={allow}
      onDragLeave={() => (over.value = false)}
      onDrop={drop}
    >
      <FileInput onFile={onFile} />
      {children}
    </label>
  );
}

function Invitation() {
  return (
    <>
      <Drawing name="upload" path={UPLOAD} />
      <b>Choose a recording or drop it here</b>
      <span class="quiet">
        {KINDS}, up to {MOST_BYTES / 1e9} GB
      </span>
    </>
  );
}

function Chosen({ file }: { file: File }) {
  return (
    <>
      <Drawing name="wave" path={WAVE} />
      <b class="file-name">{file.name}</b>
      <span class="quiet">{bytes(file.size)} · choose another</span>
    </>
  );
}

function Form({ file, onDone, onLeave }: { file: File; onDone: () => void; onLeave: () => void }) {
  const said = useSignal<Said>(BLANK);
  const { busy, trouble, start } = useDoing();
  const once = useRef<Once>({ body: "", key: "" });
  const submit = (event: Event) => {
    event.preventDefault();
    void start(async () => {
      const wanted = wantedOf(file, said.value);
      const call = await callRoutes.open(wanted, keyFor(JSON.stringify(wanted), once.current));
      begin(call, file);
      announce(`Uploading ${file.name}`);
      onDone();
    });
  };
  return (
    <form class="stack details" onSubmit={submit}>
      <Details said={said} />
      <Consent said={said} />
      <Trouble words={trouble.value} />
      <div class="buttons">
        <button type="submit" class="primary" aria-busy={busy.value}>
          Upload
        </button>
        <button type="button" class="plain" onClick={onLeave}>
          Cancel
        </button>
      </div>
    </form>
  );
}

function Consent({ said }: { said: Signal<Said> }) {
  const about = useId();
  return (
    <div class="consent">
      <label>
        <input
          type="checkbox"
          required
          checked={said.value.consent}
          aria-describedby={about}
          onChange={(event) => (said.value = { ...said.value, consent: event.currentTarget.checked })}
        />
        Everybody on this call agreed to be recorded and to have the call analyzed
      </label>
      <p id={about} class="quiet">
        Without their consent a recording may be against the law, so nothing is uploaded before you tick this.
      </p>
    </div>
  );
}

interface Once {
  body: string;
  key: string;
}

/** The same request again is the same call; a changed one is another. */
function keyFor(body: string, once: Once): string {
  if (once.body !== body) Object.assign(once, { body, key: crypto.randomUUID() });
  return once.key;
}

function fingerprint({ name, size, lastModified }: File): string {
  return `${name} ${size} ${lastModified}`;
}

/** Writing a profile as JSON: checked here for being JSON, by the server for being a profile, then saved. */
import { useSignal } from "@preact/signals";
import { useId } from "preact/hooks";
import { announce } from "../../parts/announce.tsx";
import { useDoing } from "../../parts/doing.ts";
import { Trouble } from "../../parts/trouble.tsx";
import { callRoutes } from "../services.ts";
import type { Profile } from "../shapes.ts";
import { read } from "./draft.ts";

type Verdict = readonly string[] | null;

export function Editor({ text, onSaved }: { text: string; onSaved: (profile: Profile) => void }) {
  const { written, verdict, doing, check, save } = useEditing(text, onSaved);
  const id = useId();
  const type = (event: Event & { currentTarget: HTMLTextAreaElement }) => {
    written.value = event.currentTarget.value;
    verdict.value = null;
  };
  return (
    <div class="editor">
      <label for={id}>The profile, as JSON</label>
      <textarea
        id={id}
        spellcheck={false}
        rows={22}
        value={written.value}
        aria-describedby={`${id}verdict`}
        aria-invalid={Boolean(verdict.value?.length)}
        onInput={type}
      />
      <div id={`${id}verdict`} role="status">
        <Said verdict={verdict.value} />
      </div>
      <Trouble words={doing.trouble.value} />
      <div class="buttons">
        <button type="button" class="plain" onClick={() => void check()}>
          Check
        </button>
        <button type="button" class="primary" aria-busy={doing.busy.value} onClick={() => void save()}>
          Save as a new version
        </button>
      </div>
    </div>
  );
}

function useEditing(text: string, onSaved: (profile: Profile) => void) {
  const written = useSignal(text);
  const verdict = useSignal<Verdict>(null);
  const doing = useDoing();
  const look = async (): Promise<Record<string, unknown> | null> => {
    const draft = read(written.value);
    if (!draft.ok) {
      verdict.value = [draft.problem];
      return null;
    }
    const { ok, problems } = await callRoutes.check(draft.body);
    verdict.value = ok ? [] : problems;
    return ok ? draft.body : null;
  };
  const save = () =>
    doing.start(async () => {
      const body = await look();
      if (!body) return;
      const saved = await callRoutes.save(body);
      announce(`Version ${saved.version} of ${saved.name} is saved`);
      onSaved(saved);
    });
  return {
    ...{ written, verdict, doing },
    check: () =>
      doing.start(async () => {
        await look();
      }),
    save,
  };
}

function Said({ verdict }: { verdict: Verdict }) {
  if (!verdict) return null;
  if (verdict.length === 0) return <p class="good">Nothing is wrong with it.</p>;
  return (
    <ul class="plain-list trouble">
      {verdict.map((problem) => (
        <li key={problem}>{sentence(problem)}</li>
      ))}
    </ul>
  );
}

function sentence(problem: string): string {
  return problem.charAt(0).toUpperCase() + problem.slice(1);
}

/** Where a file is chosen; the label around it is what one sees. */
import { ACCEPTED } from "./file.ts";

/** Emptied at once, so that the same file can be chosen again. */
export function FileInput({ onFile }: { onFile: (file: File) => void }) {
  const choose = (event: Event & { currentTarget: HTMLInputElement }) => {
    const chosen = event.currentTarget.files?.[0];
    event.currentTarget.value = "";
    if (chosen) onFile(chosen);
  };
  return <input type="file" class="unseen" accept={ACCEPTED} onChange={choose} />;
}

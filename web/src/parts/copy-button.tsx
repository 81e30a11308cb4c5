/** Copies a text and says that it did. */
import { useSignal } from "@preact/signals";
import { announce } from "./announce.tsx";
import { Icon } from "./icons.tsx";

const SHOWN_MS = 1_500;

export function CopyButton({ text, what }: { text: string; what: string }) {
  const copied = useSignal(false);
  const copy = async () => {
    await navigator.clipboard.writeText(text);
    copied.value = true;
    announce(`${what} copied`);
    setTimeout(() => (copied.value = false), SHOWN_MS);
  };
  return (
    <button type="button" class="tool" aria-label={`Copy ${what.toLowerCase()}`} onClick={() => void copy()}>
      <Icon name={copied.value ? "done" : "copy"} />
      {copied.value ? "Copied" : "Copy"}
    </button>
  );
}

/** What a screen reader is told by itself: finished replies and results, never single words. */
import { signal } from "@preact/signals";

const KEPT = 5;
const said = signal<readonly { id: number; text: string }[]>([]);
let count = 0;

export function announce(text: string): void {
  said.value = [...said.value, { id: count++, text }].slice(-KEPT);
}

export function Announcements() {
  return (
    <div class="unseen" role="log" aria-live="polite" aria-label="Announcements">
      {said.value.map(({ id, text }) => (
        <p key={id}>{text}</p>
      ))}
    </div>
  );
}

/** A sentence about what went wrong, told at once. */

export function Trouble({ words }: { words: string }) {
  return words ? (
    <p class="trouble" role="alert">
      {words}
    </p>
  ) : null;
}

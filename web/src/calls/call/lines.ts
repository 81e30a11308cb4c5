/** Which line of a transcript is being said. */

interface Line {
  start_ms: number;
}

/** The last line that has begun by then, by position; -1 before the first. Lines are in order. */
export function lineAt(lines: readonly Line[], ms: number): number {
  let [low, high] = [0, lines.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((lines[middle]?.start_ms ?? 0) <= ms) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** How far a box has to scroll so that something in it is seen with some room; null when it is. */
export function scrollTo(
  box: { top: number; height: number; scrolled: number },
  item: { top: number; height: number },
): number | null {
  const room = Math.min(box.height / 4, 80);
  const from = item.top - box.top;
  if (from >= 0 && from + item.height <= box.height) return null;
  return Math.max(0, box.scrolled + from - room);
}

/** How long to wait before the next try: full jitter, so that pages that lost a server do not return as one. */

const BASE_MS = 500;
const CAP_MS = 30_000;

/** `tries` counts the failures so far; `chance` is in [0, 1). */
export function backoff(tries: number, chance: number): number {
  return Math.round(chance * Math.min(CAP_MS, BASE_MS * 2 ** Math.min(tries, 16)));
}

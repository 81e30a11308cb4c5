/** Where a call stands, in words, and what follows from it. */

export const STEPS = [
  "PendingUpload",
  "Uploading",
  "Queued",
  "Transcribing",
  "Transcribed",
  "Analyzing",
  "Completed",
] as const;

export const FAILED = "Failed";
export const COMPLETED = "Completed";

const WORDS: Readonly<Record<string, string>> = {
  PendingUpload: "Waiting for the recording",
  Uploading: "Uploading",
  Queued: "Waiting for its turn",
  Transcribing: "Transcribing",
  Transcribed: "Transcribed",
  Analyzing: "Analyzing",
  Completed: "Done",
  Failed: "Failed",
};
const OPEN = new Set(["PendingUpload", "Uploading"]);
const ENDED = new Set([COMPLETED, FAILED]);
/** What another upload of the same file does not mend. */
const FILE_IS_BAD = new Set([
  "NO_CONSENT",
  "EMPTY_FILE",
  "TOO_LARGE",
  "TOO_LONG",
  "WRONG_TYPE",
  "BAD_AUDIO",
  "SILENT",
]);

interface Standing {
  status: string;
  reason?: { code: string } | null;
  words?: number | null;
}

/** A status that this page does not know reads as it is written. */
export function inWords(status: string): string {
  return WORDS[status] ?? status;
}

/** An upload helps: the recording is not there, or did not come to a transcript although it is good. */
export function waitsForFile({ status, reason, words }: Standing): boolean {
  return OPEN.has(status) || (status === FAILED && !words && !FILE_IS_BAD.has(reason?.code ?? ""));
}

/** Something happens to it without anybody here doing it. */
export function isMoving({ status }: Standing): boolean {
  return !ENDED.has(status) && !OPEN.has(status);
}

export function hasEnded({ status }: Standing): boolean {
  return ENDED.has(status);
}

/** What colour it is shown in. */
export function mood({ status }: Standing): "good" | "bad" | "moving" | "idle" {
  if (status === COMPLETED) return "good";
  if (status === FAILED) return "bad";
  return OPEN.has(status) ? "idle" : "moving";
}

/** Is a file one that we take: told before anything is sent. The server looks again at what arrives. */

export const MOST_BYTES = 2_000_000_000;
/** From here on a recording goes in parts. */
export const LARGE_BYTES = 64_000_000;

const TYPES: Readonly<Record<string, readonly string[]>> = {
  wav: ["audio/wav", "audio/x-wav", "audio/wave", "audio/vnd.wave"],
  mp3: ["audio/mpeg", "audio/mp3"],
  m4a: ["audio/mp4", "audio/x-m4a", "audio/m4a"],
  mp4: ["video/mp4"],
  mov: ["video/quicktime"],
  ogg: ["audio/ogg", "video/ogg"],
  opus: ["audio/opus"],
  webm: ["audio/webm", "video/webm"],
  flac: ["audio/flac", "audio/x-flac"],
  aac: ["audio/aac", "audio/aacp"],
  amr: ["audio/amr"],
};
const TAKEN = new Set(Object.values(TYPES).flat());
const ENDINGS: Readonly<Record<string, string>> = { oga: "ogg", mpga: "mp3", weba: "webm", qt: "mov" };

export const KINDS = Object.keys(TYPES).join(", ");
export const ACCEPTED = Object.keys({ ...TYPES, ...ENDINGS })
  .map((ending) => `.${ending}`)
  .join(",");

export interface Named {
  name: string;
  type: string;
  size: number;
}

/** What the browser says it is, or else what its name says; "" for what is no recording. */
export function contentType({ name, type }: Pick<Named, "name" | "type">): string {
  const [plain = ""] = type.toLowerCase().split(";");
  if (TAKEN.has(plain.trim())) return plain.trim();
  const ending = name.toLowerCase().split(".").at(-1) ?? "";
  return TYPES[ENDINGS[ending] ?? ending]?.[0] ?? "";
}

/** Why a file is not taken; "" when it is. */
export function faultOf(file: Named): string {
  if (file.size === 0) return "The file is empty.";
  if (file.size > MOST_BYTES)
    return `The file is larger than ${MOST_BYTES / 1e9} GB, which is the most we take.`;
  if (!contentType(file)) return `The file is no audio or video that we know. We take ${KINDS}.`;
  return "";
}

/** Lengths, sizes, speakers and file names as people read them. */

/** A place in a recording, as 4:05 or 1:02:03. */
export function clock(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  const two = (value: number) => String(value).padStart(2, "0");
  return hours ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`;
}

/** The same for ears: "4 minutes 5 seconds". */
export function spokenClock(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  const parts = [
    [Math.floor(whole / 3600), "hour"],
    [Math.floor(whole / 60) % 60, "minute"],
    [whole % 60, "second"],
  ] as const;
  const said = parts.filter(([count]) => count > 0).map(([count, unit]) => counted(count, unit));
  return said.join(" ") || "0 seconds";
}

/** How long something took: "40 ms", "8.2 s", "3 min 20 s", "2 h 5 min". */
export function span(ms: number): string {
  if (ms < 1_000) return `${Math.max(0, Math.round(ms))} ms`;
  if (ms < 59_950) return `${(ms / 1_000).toFixed(1)} s`;
  const seconds = Math.round(ms / 1_000);
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
  return `${Math.floor(seconds / 3600)} h ${Math.round((seconds % 3600) / 60)} min`;
}

export function bytes(count: number): string {
  if (count < 1_000_000) return `${Math.ceil(count / 1_000)} kB`;
  return count < 1_000_000_000 ? `${(count / 1_000_000).toFixed(1)} MB` : `${(count / 1e9).toFixed(2)} GB`;
}

/** Transcribers count speakers from nought; people from one. */
export function speakerName(speaker: string): string {
  const [, number] = /^(?:speaker|spk)_(\d+)$/.exec(speaker) ?? [];
  return number === undefined ? speaker : `Speaker ${Number(number) + 1}`;
}

export function counted(count: number, what: string): string {
  return `${count.toLocaleString("en")} ${what}${count === 1 ? "" : "s"}`;
}

/** Of a property of somebody's own schema: "action_items" reads "Action items". */
export function heading(name: string): string {
  const words = name.replaceAll("_", " ").trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** What a call is called: its title, if it was given one. */
export function titled({
  metadata,
  file_name,
}: {
  metadata: Record<string, string>;
  file_name: string;
}): string {
  return metadata.title?.trim() || file_name;
}

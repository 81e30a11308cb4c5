/**
 * What a profile found, by its shape. Profiles have schemas of their own: what the page knows is shown well,
 * everything else is shown as text, lists and tables. Nothing here is markup.
 */

export type Fields = Readonly<Record<string, unknown>>;

export type Shape =
  | { readonly is: "nothing" }
  | { readonly is: "text"; readonly text: string }
  | { readonly is: "list"; readonly items: readonly string[] }
  | { readonly is: "table"; readonly columns: readonly string[]; readonly rows: readonly Fields[] }
  | { readonly is: "cards"; readonly items: readonly unknown[] }
  | { readonly is: "fields"; readonly fields: Fields };

export interface Mood {
  at: number;
  score: number;
  label: string;
}

/** What only a program needs; a time is shown as a place to jump to. */
const INNER = new Set(["line", "start_ms", "end_ms", "speaker"]);
const WIDEST = 6;

export function shapeOf(value: unknown): Shape {
  if (isEmpty(value)) return { is: "nothing" };
  if (Array.isArray(value)) return shapeOfList(value);
  if (isFields(value)) return { is: "fields", fields: value };
  return { is: "text", text: plain(value) };
}

/** What people are shown of an object, in its own order. */
export function shown(fields: Fields): [string, unknown][] {
  return Object.entries(fields).filter(([name]) => !INNER.has(name));
}

/** Where in the recording, in milliseconds. */
export function placeOf(value: unknown): number | null {
  const at = isFields(value) ? value.start_ms : null;
  return typeof at === "number" && Number.isFinite(at) && at >= 0 ? at : null;
}

export function textOf(fields: Fields, name: string): string {
  const value = fields[name];
  return typeof value === "string" ? value : "";
}

export function numberOf(fields: Fields, name: string): number | null {
  const value = fields[name];
  return typeof value === "number" && Number.isFinite(value) ? value : null;
}

/** A list of objects that all have a text of that name; null for anything else. */
export function entries(value: unknown, name: string): readonly Fields[] | null {
  if (!Array.isArray(value) || value.length === 0) return null;
  const items = value as unknown[];
  return items.every((item) => isFields(item) && textOf(item, name) !== "") ? (items as Fields[]) : null;
}

/** The mood through the call, in order; null for what is no such series. */
export function moods(value: unknown): readonly Mood[] | null {
  if (!Array.isArray(value) || value.length === 0) return null;
  const found = value.map(mood).filter((each) => each !== null);
  return found.length === value.length ? found.sort((one, other) => one.at - other.at) : null;
}

function mood(value: unknown): Mood | null {
  if (!isFields(value)) return null;
  const [at, score] = [placeOf(value), numberOf(value, "score")];
  return at === null || score === null ? null : { at, score, label: textOf(value, "label") };
}

export function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Of what has no parts. */
export function plain(value: unknown): string {
  if (typeof value === "string") return value;
  if (typeof value === "boolean") return value ? "Yes" : "No";
  if (typeof value === "number") return value.toLocaleString("en");
  return value === null || value === undefined ? "–" : JSON.stringify(value);
}

function shapeOfList(items: readonly unknown[]): Shape {
  if (items.every((item) => !isFields(item) && !Array.isArray(item))) {
    return { is: "list", items: items.map(plain) };
  }
  if (!items.every(isFields)) return { is: "cards", items };
  const columns = [...new Set(items.flatMap((item) => shown(item).map(([name]) => name)))];
  const flat = items.every((item) => shown(item).every(([, value]) => isFlat(value)));
  return flat && columns.length <= WIDEST ? { is: "table", columns, rows: items } : { is: "cards", items };
}

function isFlat(value: unknown): boolean {
  return typeof value !== "object" || value === null;
}

function isEmpty(value: unknown): boolean {
  if (value === null || value === undefined || value === "") return true;
  return Array.isArray(value) ? value.length === 0 : isFields(value) && Object.keys(value).length === 0;
}

/** Dates and times as people read them. */

const LOCALE = navigator.language.startsWith("en") ? navigator.language : "en";
const DAY_MS = 86_400_000;

type Shape = Intl.DateTimeFormatOptions;

const CLOCK: Shape = { hour: "numeric", minute: "2-digit" };
const DAY: Shape = { weekday: "long", day: "numeric", month: "long" };
const DATE: Shape = { day: "numeric", month: "short", year: "numeric" };

function shaped(at: Date, shape: Shape, zone?: string): string {
  return new Intl.DateTimeFormat(LOCALE, zone ? { ...shape, timeZone: zone } : shape).format(at);
}

export function clockTime(at: string): string {
  return shaped(new Date(at), CLOCK);
}

export function moment(at: string): string {
  return shaped(new Date(at), { ...DATE, ...CLOCK });
}

export function dayOfTime(at: string): string {
  return shaped(new Date(at), DATE);
}

/** Of a date that stands for itself in every zone, such as "2026-11-21". */
export function date(day: string): string {
  return shaped(new Date(`${day}T00:00:00Z`), DATE, "UTC");
}

/** "Today", "Yesterday" or the day's name, as seen from `now`. */
export function dayName(at: string, now: Date): string {
  const days = Math.round((midnight(now) - midnight(new Date(at))) / DAY_MS);
  if (days === 0) return "Today";
  if (days === 1) return "Yesterday";
  const year: Shape = new Date(at).getFullYear() === now.getFullYear() ? {} : { year: "numeric" };
  return shaped(new Date(at), { ...DAY, ...year });
}

export function minutesAndSeconds(seconds: number): string {
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

function midnight(at: Date): number {
  return new Date(at.getFullYear(), at.getMonth(), at.getDate()).getTime();
}

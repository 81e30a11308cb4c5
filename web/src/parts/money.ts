/** Money as people read it; the API gives decimal strings in US dollars. */

/** At least cents, and as many more digits as say something: "$0.0123". */
export function dollars(amount: string): string {
  const [whole = "0", fraction = ""] = amount.split(".");
  const digits = fraction.replace(/0+$/, "").padEnd(2, "0");
  return `$${whole || "0"}.${digits}`;
}

export function isNothing(amount: string): boolean {
  return !(Number(amount) > 0);
}

export function reaches(spent: string, cap: string | null): boolean {
  return cap !== null && Number(spent) >= Number(cap);
}

/** A number of dollars on an axis or in a table. */
export function spoken(amount: number): string {
  return dollars(amount.toFixed(6));
}

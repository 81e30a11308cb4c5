/** The line along which a task's weeks go, drawn through those that are over. */

export interface Line {
  from: number;
  to: number;
}

/** Least squares over at least three weeks, as the values at the first and the last; never below nothing. */
export function trendLine(values: readonly number[]): Line | null {
  if (values.length < 3) return null;
  const middle = (values.length - 1) / 2;
  const average = values.reduce((sum, value) => sum + value, 0) / values.length;
  const spread = values.reduce((sum, _, index) => sum + (index - middle) ** 2, 0);
  const slope = values.reduce((sum, value, index) => sum + (index - middle) * value, 0) / spread;
  return { from: Math.max(0, average - slope * middle), to: Math.max(0, average + slope * middle) };
}

const dayMs = 86_400_000;

/** The start of the first of so many days up to today, in UTC; the same all day long. */
export function toPeriodStart(days: number, nowMs: number = Date.now()): string {
  const today = Math.floor(nowMs / dayMs) * dayMs;
  return new Date(today - (days - 1) * dayMs).toISOString();
}

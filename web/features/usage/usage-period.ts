export const periods = ['7', '30', '90'] as const;
export type Period = (typeof periods)[number];

const dayMs = 86_400_000;

/** The start of the first of so many days up to today, in UTC; the same all day long. */
export function toPeriodStart(period: Period, nowMs: number = Date.now()): string {
  const today = Math.floor(nowMs / dayMs) * dayMs;
  return new Date(today - (Number(period) - 1) * dayMs).toISOString();
}

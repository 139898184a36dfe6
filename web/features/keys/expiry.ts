export const expiries = ['7', '30', '90', '365', 'never'] as const;
export type Expiry = (typeof expiries)[number];

const dayMs = 86_400_000;

/** The time stamp at which a key made now ends, or null. */
export function toExpiresAt(expiry: Expiry, nowMs: number = Date.now()): string | null {
  return expiry === 'never' ? null : new Date(nowMs + Number(expiry) * dayMs).toISOString();
}

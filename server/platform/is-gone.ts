/** What Prisma (P…) and Postgres call a write whose row, or one that it refers to, is not there. */
const codes = ['P2003', 'P2025', '23503'];

/** Whether a write failed because what it needs was deleted in the meantime. */
export function isGone(error: unknown): boolean {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' && codes.includes(error.code);
}

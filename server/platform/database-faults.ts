/**
 * Why a database did not do its work, where the work itself is not to blame: it cannot be reached, does not answer in
 * time or is too busy (`unavailable`), or its disk is full (`full`).
 */
export type DatabaseFault = 'unavailable' | 'full';

const socketCodes = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ECONNABORTED',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'EHOSTDOWN',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
]);
/** Connections, resources, deadlocks, time limits, a server that stops, starts, or takes no writes. */
const states = /^(?:08...|53[^1]..|40001|40P01|55P03|57014|57P0[1-5]|25006|25P0[3-4])$/;
const prismaCodes = new Set(['P1001', 'P1008', 'P1017', 'P2028', 'P2034', 'P2037']);
/** What `pg` says without any code. */
const words =
  /Connection terminated|timeout exceeded when trying to connect|timeout expired|Query read timeout|Client (?:has encountered a connection error|was closed) and is not queryable/;
const deepest = 6;

/** Looks for a fault of the database in anything thrown by `pg` or Prisma, also where it is only the cause. */
export function findDatabaseFault(thrown: unknown, depth = 0): DatabaseFault | null {
  if (typeof thrown !== 'object' || thrown === null || depth > deepest) return null;
  const { code, originalCode, syscall, clientVersion, message, cause, meta, errors } = thrown as Record<
    string,
    unknown
  >;
  for (const known of [code, originalCode]) {
    if (known === '53100') return 'full';
    if (typeof known === 'string' && (states.test(known) || prismaCodes.has(known))) return 'unavailable';
  }
  // Prisma hands codes of sockets on, and nothing else of them; it has no codes of files.
  const isFromPrisma = typeof clientVersion === 'string';
  if (typeof code === 'string' && (typeof syscall === 'string' || isFromPrisma)) {
    // Before anything listens on a Unix socket, there is no such file.
    const isMissingSocket = code === 'ENOENT' && (syscall === 'connect' || isFromPrisma);
    if (socketCodes.has(code) || isMissingSocket) return 'unavailable';
  }
  if (typeof message === 'string' && words.test(message)) return 'unavailable';
  const inner = [cause, (meta as { driverAdapterError?: unknown } | undefined)?.driverAdapterError];
  for (const error of Array.isArray(errors) ? [...inner, ...(errors as unknown[])] : inner) {
    const found = findDatabaseFault(error, depth + 1);
    if (found !== null) return found;
  }
  return null;
}

/** Why nobody can listen at a place, and what to do about it. */
export function sayWhyNotListening(
  place: string,
  { code, message }: NodeJS.ErrnoException,
): [reason: string, advice: string] {
  const reason = code === 'EADDRINUSE' ? 'is taken by another program.' : `cannot be used (${message}).`;
  return [`${place} ${reason}`, 'Set PORT (and HOST) to one that is free.'];
}

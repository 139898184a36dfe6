import { request } from '#web/lib/api-client.ts';

/** Takes back what an agent kept: a new fact goes, a corrected one says again what it said before. */
export function undoRemembering({ memory, before }: { memory: string; before: string | null }): Promise<void> {
  const path = `/api/memories/${encodeURIComponent(memory)}`;
  return before === null
    ? request({ path, method: 'DELETE' })
    : request({ path, method: 'PATCH', body: { text: before } });
}

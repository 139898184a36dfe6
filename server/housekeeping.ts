import type { Jobs } from '#server/platform/jobs.ts';

type Chores = {
  jobs: Pick<Jobs, 'register'>;
  removeExpired: (now: Date) => Promise<void>;
  clearIdempotencyKeys: (startedBefore: Date) => Promise<void>;
  removeUnusedBytes: (storedBefore: Date) => Promise<void>;
  now: () => Date;
};

const hourMs = 60 * 60 * 1000;
const keysKeptMs = 48 * hourMs;
const unusedBytesKeptMs = 24 * hourMs;

/** What the hub tidies up by itself, and when. */
export function registerHousekeeping({ jobs, removeExpired, clearIdempotencyKeys, removeUnusedBytes, now }: Chores) {
  const before = (ageMs: number) => new Date(now().getTime() - ageMs);
  jobs.register('remove-expired', { cron: '17 * * * *', handler: () => removeExpired(now()) });
  jobs.register('clear-idempotency-keys', {
    cron: '27 2 * * *',
    handler: () => clearIdempotencyKeys(before(keysKeptMs)),
  });
  jobs.register('remove-unused-bytes', {
    cron: '37 3 * * *',
    handler: () => removeUnusedBytes(before(unusedBytesKeptMs)),
  });
}

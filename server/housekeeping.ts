import type { Jobs } from '#server/platform/jobs.ts';

type Chores = {
  jobs: Pick<Jobs, 'register'>;
  removeExpired: (now: Date) => Promise<void>;
  emptyLateRuns: (removedAfter: Date) => Promise<void>;
  clearIdempotencyKeys: (startedBefore: Date) => Promise<void>;
  removePreviews: (usedBefore: Date) => Promise<void>;
  removeTemporary: (usedBefore: Date) => Promise<void>;
  removeExpiredShares: () => Promise<void>;
  removeUnusedBytes: (storedBefore: Date) => Promise<void>;
  removeExpiredResults: (now: Date) => Promise<void>;
  readOldDatasets: (signal: AbortSignal) => Promise<void>;
  refreshDashboards: () => Promise<void>;
  removeOldFirings: (endedBefore: Date) => Promise<void>;
  readQuietConversations: () => Promise<void>;
  countUse: () => Promise<void>;
  now: () => Date;
};

const hourMs = 60 * 60 * 1000;
/** Less than a job may take. */
const oldDatasetsMs = 10 * 60 * 1000;
const lateRunsMs = 4 * hourMs;
const keysKeptMs = 48 * hourMs;
const previewsKeptMs = 7 * 24 * hourMs;
const temporaryKeptMs = 24 * hourMs;
const firingsKeptMs = 30 * 24 * hourMs;
const unusedBytesKeptMs = 24 * hourMs;

/** What the hub tidies up by itself, and when. */
export function registerHousekeeping({ jobs, now, ...chores }: Chores) {
  const before = (ageMs: number) => new Date(now().getTime() - ageMs);
  jobs.register('remove-expired', { cron: '17 * * * *', handler: () => chores.removeExpired(now()) });
  jobs.register('read-quiet-conversations', {
    cron: '*/5 * * * *',
    retryLimit: 0,
    handler: () => chores.readQuietConversations(),
  });
  jobs.register('refresh-dashboards', {
    cron: '* * * * *',
    retryLimit: 0,
    handler: () => chores.refreshDashboards(),
  });
  jobs.register('count-use', { cron: '*/10 * * * *', retryLimit: 0, handler: () => chores.countUse() });
  jobs.register('empty-late-runs', {
    cron: '*/15 * * * *',
    retryLimit: 0,
    handler: () => chores.emptyLateRuns(before(lateRunsMs)),
  });
  jobs.register('clear-idempotency-keys', {
    cron: '27 2 * * *',
    handler: () => chores.clearIdempotencyKeys(before(keysKeptMs)),
  });
  jobs.register('remove-previews', {
    cron: '32 2 * * *',
    handler: () => chores.removePreviews(before(previewsKeptMs)),
  });
  jobs.register('remove-temporary-conversations', {
    cron: '*/5 * * * *',
    retryLimit: 0,
    handler: () => chores.removeTemporary(before(temporaryKeptMs)),
  });
  jobs.register('remove-expired-shares', { cron: '57 * * * *', handler: () => chores.removeExpiredShares() });
  jobs.register('remove-expired-results', { cron: '47 * * * *', handler: () => chores.removeExpiredResults(now()) });
  jobs.register('read-old-datasets', {
    cron: '*/10 * * * *',
    retryLimit: 0,
    handler: () => chores.readOldDatasets(AbortSignal.timeout(oldDatasetsMs)),
  });
  jobs.register('remove-old-firings', {
    cron: '42 2 * * *',
    handler: () => chores.removeOldFirings(before(firingsKeptMs)),
  });
  jobs.register('remove-unused-bytes', {
    cron: '37 3 * * *',
    handler: () => chores.removeUnusedBytes(before(unusedBytesKeptMs)),
  });
}

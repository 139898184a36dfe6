import { readdirSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Execution } from '#server/contract/execution.ts';
import { startDuneServer } from '#test/support/dune-server.ts';
import { type HubsTogether, startHubsTogether } from '#test/support/hubs-together.ts';

const apiKey = 'a-key-of-dune-7f3e';
const endless = 'SELECT count(*) FROM range(100000000000000) t(i) WHERE i % 7 = 3';
let dune: Awaited<ReturnType<typeof startDuneServer>>;
let hubs: HubsTogether;

beforeAll(async () => {
  dune = await startDuneServer(apiKey);
  const variables = { HUB_DUNE_URL: dune.url, HUB_EGRESS_ALLOW: dune.entry };
  hubs = await startHubsTogether({ variables, scopes: ['data:read', 'data:write'] });
});
afterAll(async () => {
  await hubs.close();
  await dune.close();
});

/** Processes of this one that run SQL; Linux tells whose they are. */
const countEngines = () =>
  readdirSync('/proc').filter((name) => {
    try {
      const isOurs = readFileSync(`/proc/${name}/stat`, 'utf8').split(' ')[3] === String(process.pid);
      return isOurs && readFileSync(`/proc/${name}/cmdline`, 'utf8').includes('sql-worker');
    } catch {
      return false;
    }
  }).length;

async function startAndCancel(asked: object, isUnderWay: () => boolean) {
  const started = await hubs.here('/api/executions', { body: { ...asked, waitSeconds: 0 } });
  const { id } = (await started.json()) as Execution;
  await expect.poll(isUnderWay, { timeout: 20_000 }).toBe(true);
  const waiting = hubs.here(`/api/executions/${id}?waitSeconds=20`);
  const cancelled = await hubs.there(`/api/executions/${id}/cancel`, { body: {} });
  expect([cancelled.status, await cancelled.json()]).toMatchObject([200, { state: 'cancelled', fault: null }]);
  return { id, waiting };
}

describe.runIf(process.platform === 'linux')('a query that runs in another process of the hub', () => {
  test('is cancelled there with its engine, and who waited for it hears of it', async () => {
    const { id, waiting } = await startAndCancel({ sql: endless }, () => countEngines() === 1);
    const begun = performance.now();
    expect(await (await waiting).json()).toMatchObject({ id, state: 'cancelled', fault: null });
    await expect.poll(countEngines, { timeout: 5_000 }).toBe(0);
    expect(performance.now() - begun).toBeLessThan(6_000);
  }, 60_000);

  test('is cancelled at Dune, too', async () => {
    dune.script({ isEndless: true });
    await hubs.ada.inject({ method: 'PUT', url: '/api/dune-key', payload: { apiKey } });
    const { id, waiting } = await startAndCancel(
      { sql: 'SELECT 1', engine: 'dune' },
      () => dune.listExecutions().length === 1,
    );
    expect(await (await waiting).json()).toMatchObject({ id, state: 'cancelled', fault: null });
    await expect.poll(() => dune.listExecutions(), { timeout: 5_000 }).toMatchObject([{ isCancelled: true }]);
  }, 60_000);

  test("is nobody else's to cancel", async () => {
    const started = await hubs.here('/api/executions', { body: { sql: 'SELECT 1', waitSeconds: 20 } });
    const { id } = (await started.json()) as Execution;
    const authorization = `Bearer ${await hubs.createStranger()}`;
    const refused = await hubs.there(`/api/executions/${id}/cancel`, { body: {}, headers: { authorization } });
    expect(refused.status).toBe(404);
  }, 60_000);
});

import { createHash } from 'node:crypto';
import { existsSync, readdirSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createExpiryRepository } from '#server/features/accounts/expiry-repository.ts';
import { createFileRepository } from '#server/features/files/file-repository.ts';
import { createIdempotencyRepository } from '#server/features/runs/idempotency-repository.ts';
import { createFileStore, type FileStore } from '#server/platform/file-store.ts';
import { createTestDatabase, type TestDatabase } from '#test/support/test-database.ts';

const now = new Date('2026-11-23T12:00:00Z');
const daysAgo = (days: number) => new Date(now.getTime() - days * 24 * 60 * 60 * 1000);
let store: TestDatabase;
let files: FileStore;

const put = (text: string) => files.put(Buffer.from(text), { maximumBytes: 100 });
const pathOf = (sha256: string) => join(store.dataFolder, 'files', sha256.slice(0, 2), sha256.slice(2, 4), sha256);
const age = ({ sha256 }: { sha256: string }) => utimesSync(pathOf(sha256), daysAgo(3), daysAgo(3));

beforeAll(async () => {
  store = await createTestDatabase();
  files = createFileStore({ folder: join(store.dataFolder, 'files') });
  await store.database.prisma.user.create({ data: { id: 'ada', name: 'Ada', email: 'ada@example.org' } });
});
afterAll(() => store.close());

describe('housekeeping', () => {
  test('removes sessions and verifications that are over, and invitations a month later', async () => {
    const { prisma } = store.database;
    for (const [id, expiresAt] of [
      ['over', daysAgo(1)],
      ['open', daysAgo(-1)],
      ['old', daysAgo(40)],
    ] as const) {
      await prisma.session.create({ data: { id, token: id, userId: 'ada', expiresAt } });
      await prisma.verification.create({ data: { id, identifier: id, value: id, expiresAt } });
      await prisma.invitation.create({ data: { id, email: id, role: 'member', tokenHash: id, expiresAt } });
    }
    await createExpiryRepository(store).removeExpired(now);
    const ids = async (rows: Promise<{ id: string }[]>) => (await rows).map(({ id }) => id).sort();
    expect(await ids(prisma.session.findMany())).toEqual(['open']);
    expect(await ids(prisma.verification.findMany())).toEqual(['open']);
    expect(await ids(prisma.invitation.findMany())).toEqual(['open', 'over']);
  });

  test('frees the idempotency keys of old runs only', async () => {
    const { prisma, pool } = store.database;
    await prisma.agent.create({ data: { id: 'a', handle: 'a', name: 'A', category: 'Hub', draft: {} } });
    await pool.query(
      `INSERT INTO runs (id, agent_id, user_id, status, model, idempotency_key, request_digest, started_at)
       SELECT 'run-' || n, 'a', 'ada', 'completed', 'm', 'key-' || n, 'd', $1::timestamptz - n * interval '1 day'
       FROM generate_series(1, 1100) AS n`,
      [now],
    );
    await createIdempotencyRepository(store).clearIdempotencyKeys(daysAgo(2.5));
    const kept = await prisma.run.findMany({ where: { idempotencyKey: { not: null } }, orderBy: { id: 'asc' } });
    expect(kept.map(({ id, requestDigest }) => [id, requestDigest])).toEqual([
      ['run-1', 'd'],
      ['run-2', 'd'],
    ]);
  });

  test('removes bytes that no file names any more, but not those of a fresh upload', async () => {
    const [named, unnamed, fresh] = [await put('named'), await put('unnamed'), await put('fresh')];
    await store.database.prisma.file.create({
      data: { id: 'f', ownerId: 'ada', name: 'f.txt', mediaType: 'text/plain', size: 5, sha256: named.sha256 },
    });
    age(named);
    age(unnamed);
    const { findUsed } = createFileRepository(store);
    expect(await files.removeUnused({ storedBefore: daysAgo(1), findUsed })).toBe(1);
    expect([named, unnamed, fresh].map(({ sha256 }) => existsSync(pathOf(sha256)))).toEqual([true, false, true]);
    expect(readdirSync(join(store.dataFolder, 'files/incoming'))).toEqual([]);
  });

  test('keeps bytes that are uploaded again or named while it looks', async () => {
    const [again, named] = [await put('again'), await put('named meanwhile')];
    age(again);
    age(named);
    const isAside = () => readdirSync(join(store.dataFolder, 'files/incoming')).length > 0;
    const findUsed = async (sha256s: string[]) => {
      if (!isAside()) await put('again');
      return isAside() ? sha256s.filter((sha256) => sha256 === named.sha256) : [];
    };
    await files.removeUnused({ storedBefore: daysAgo(1), findUsed });
    expect(await files.read(again.sha256, { maximumBytes: 100 })).toEqual(Buffer.from('again'));
    expect(createHash('sha256').update('again').digest('hex')).toBe(again.sha256);
    expect(await files.read(named.sha256, { maximumBytes: 100 })).toEqual(Buffer.from('named meanwhile'));
  });
});

import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { createRunRepository } from '#server/features/runs/run-repository.ts';
import type { Database } from '#server/platform/database.ts';
import { isGone } from '#server/platform/is-gone.ts';
import { createRunOwner, toRunEnd, toRunStart } from '#test/support/run-starts.ts';
import { createServerDatabase, type ServerDatabase } from '#test/support/server-database.ts';

let server: ServerDatabase;
let database: Database;

beforeAll(async () => {
  server = await createServerDatabase();
  database = await server.open();
});
afterAll(() => server.close());

const countCommits = async () => {
  const { rows } = await database.pool.query<{ commits: number }>(
    'SELECT xact_commit::int AS commits FROM pg_stat_database WHERE datname = current_database()',
  );
  return rows[0]?.commits ?? 0;
};

/** Waits until a statement waits for another one's lock. */
const waitForLock = () =>
  vi.waitFor(async () => {
    const waiting = `SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`;
    expect((await database.pool.query(waiting)).rowCount).toBe(1);
  });

describe('runs on a real PostgreSQL', () => {
  test('are stored and read with their messages and events', async () => {
    const repository = createRunRepository({ database, instanceId: 'here' });
    const start = toRunStart(await createRunOwner(database), 'Wie geht’s? 你好');
    expect(await repository.storeStart(start)).toBe(true);
    expect(await repository.findRun(start.run.id)).toMatchObject({ status: 'running', events: [], endedAt: null });
    await repository.storeEnd(toRunEnd(start, 'Gut 👍'));
    expect(await repository.findRun(start.run.id)).toMatchObject({
      status: 'completed',
      output: 'Gut 👍',
      costUsd: 0.000_001_5,
      metadata: { place: 'here' },
      usage: { inputTokens: 3, outputTokens: 2 },
      events: [{ type: 'text-delta', text: 'Gut 👍' }],
    });
    const { id, leafMessageId } = await database.prisma.conversation.findFirstOrThrow({
      where: { id: start.run.conversationId },
    });
    const { messages } = await repository.readBranch(id, leafMessageId, { limit: 10, summarised: true });
    expect(messages.map(({ role, content }) => [role, content])).toEqual([
      ['user', 'Wie geht’s? 你好'],
      ['assistant', 'Gut 👍'],
    ]);
  });

  test('share their commits when they come at the same time', async () => {
    const owner = await createRunOwner(database);
    const repository = createRunRepository({ database, instanceId: 'here' });
    const starts = Array.from({ length: 150 }, (_, number) => toRunStart(owner, `Question ${number}`));
    const before = await countCommits();
    const stored = await Promise.all(starts.map((start) => repository.storeStart(start)));
    await Promise.all(starts.map((start) => repository.storeEnd(toRunEnd(start))));
    expect(stored.every(Boolean)).toBe(true);
    const completed = await database.prisma.run.count({ where: { userId: owner.userId, status: 'completed' } });
    expect(completed).toBe(150);
    await database.pool.query('SELECT pg_stat_force_next_flush()');
    expect((await countCommits()) - before).toBeLessThan(50);
  });

  test('of one person keep an idempotency key to one of them, over several connections', async () => {
    const other = await server.open();
    const owner = await createRunOwner(database);
    const first = createRunRepository({ database, instanceId: 'here' });
    const second = createRunRepository({ database: other, instanceId: 'there' });
    const stored = await Promise.all(
      Array.from({ length: 20 }, (_, number) => {
        const start = toRunStart(owner);
        start.run.idempotencyKey = 'once';
        return (number % 2 === 0 ? first : second).storeStart(start);
      }),
    );
    expect(stored.filter((isNew) => isNew)).toHaveLength(1);
    expect(await database.prisma.run.count({ where: { userId: owner.userId } })).toBe(1);
    expect(await database.prisma.message.count({ where: { conversation: { userId: owner.userId } } })).toBe(1);
  });

  test('are stored without a conversation that is being deleted while they end', async () => {
    const repository = createRunRepository({ database, instanceId: 'here' });
    const start = toRunStart(await createRunOwner(database));
    await repository.storeStart(start);
    const other = await database.pool.connect();
    await other.query('BEGIN');
    await other.query('DELETE FROM conversations WHERE id = $1', [start.run.conversationId]);
    const stored = repository.storeEnd(toRunEnd(start, 'Kept.'));
    await waitForLock();
    await other.query('COMMIT');
    other.release();
    await stored;
    expect(await repository.findRun(start.run.id)).toMatchObject({ status: 'completed', output: 'Kept.' });
    expect(await database.prisma.message.count({ where: { runId: start.run.id } })).toBe(0);
  });

  test('are not begun in a conversation that is being deleted', async () => {
    const repository = createRunRepository({ database, instanceId: 'here' });
    const owner = await createRunOwner(database);
    const first = toRunStart(owner);
    await repository.storeStart(first);
    const second = toRunStart(owner);
    second.run.conversationId = first.run.conversationId;
    second.newConversation = null;
    await database.pool.query('DELETE FROM conversations WHERE id = $1', [first.run.conversationId]);
    const beside = toRunStart(owner);
    const stored = await Promise.allSettled([repository.storeStart(second), repository.storeStart(beside)]);
    expect(stored.map(({ status }) => status)).toEqual(['rejected', 'fulfilled']);
    expect(stored[0]).toMatchObject({ reason: expect.toSatisfy(isGone) });
    expect(await repository.findRun(second.run.id)).toBeNull();
  });

  test('are seen alike by the pool and by Prisma, also in a transaction', async () => {
    const owner = await createRunOwner(database);
    const repository = createRunRepository({ database, instanceId: 'here' });
    const start = toRunStart(owner);
    await repository.storeStart(start);
    const failed = database.prisma.$transaction(async (transaction) => {
      await transaction.run.update({ where: { id: start.run.id }, data: { output: 'half' } });
      throw new Error('undone');
    });
    await expect(failed).rejects.toThrow('undone');
    const { rows } = await database.pool.query('SELECT output FROM runs WHERE id = $1', [start.run.id]);
    expect(rows).toEqual([{ output: '' }]);
  });
});

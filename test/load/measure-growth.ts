import pg from 'pg';
import { toSocketAddress } from '#server/platform/embedded/open-embedded-database.ts';
import type { Row } from './bench-rows.ts';
import { median, runLoad, type Target } from './load.ts';
import type { BenchHub } from './start-hub.ts';
import { storeConversation } from './store-conversation.ts';

const runsEachTime = 150;
const conversationLengths = [40, 400, 5000];

/** Whether a run takes longer as agents, conversations and runs grow: its time with each of some numbers stored. */
export async function measureGrowth(hub: BenchHub, toTarget: (conversationId?: string) => Target): Promise<Row[]> {
  const address = toSocketAddress(hub.dataFolder);
  const pool = new pg.Pool({ ...address, max: 1 });
  const rows: Row[] = [];
  let stored = 0;
  try {
    for (const wanted of [10, 1000, 100_000]) {
      await storeRuns(pool, stored + 1, wanted);
      stored = wanted;
      await runLoad(toTarget(), { total: 30, concurrent: 1 });
      const seen = await runLoad(toTarget(), { total: runsEachTime, concurrent: 1 });
      const measure = `whole run with ${wanted.toLocaleString('en')} runs stored, median`;
      rows.push({ scenario: 'growth', measure, hub: median(seen.wholeMs), unit: 'ms' });
    }
    for (const length of conversationLengths) {
      const conversation = await storeConversation(pool, { length });
      const seen = await runLoad(toTarget(conversation), { total: runsEachTime, concurrent: 1 });
      const measure = `whole run in a conversation of ${length.toLocaleString('en')} messages, 40 sent, median`;
      rows.push({ scenario: 'growth', measure, hub: median(seen.wholeMs), unit: 'ms' });
    }
  } finally {
    await pool.end();
  }
  return rows;
}

/** Rows as runs leave them: each with a conversation, two messages and two events; an agent for each ten runs. */
async function storeRuns(pool: pg.Pool, from: number, to: number) {
  const names = `SELECT n, lpad(to_hex(n), 12, '0') AS tail FROM generate_series($1::int, $2::int) AS n`;
  const id = (kind: string) => `'01900000-0000-7000-${kind}-' || tail`;
  const who = `(SELECT id FROM users LIMIT 1)`;
  const agent = `(SELECT id FROM agents WHERE handle = 'bench')`;
  const insert = (statement: string) => pool.query(`WITH named AS (${names}) ${statement}`, [from, to]);
  await insert(`INSERT INTO agents (id, handle, owner_id, name, category, draft, updated_at)
    SELECT ${id('8001')}, 'bench-' || n, ${who}, 'Bench ' || n, 'hub', '{}', now() FROM named WHERE n % 10 = 0`);
  await insert(`INSERT INTO conversations (id, user_id, agent_id, title, source, leaf_message_id)
    SELECT ${id('8002')}, ${who}, ${agent}, 'Say something', 'api', ${id('8005')} FROM named`);
  await insert(`INSERT INTO runs (id, agent_id, conversation_id, user_id, status, model, output, ended_at)
    SELECT ${id('8003')}, ${agent}, ${id('8002')}, ${who}, 'completed', 'openai/bench', repeat('word ', 40), now() FROM named`);
  await insert(`INSERT INTO messages (id, conversation_id, parent_id, run_id, role, content)
    SELECT ${id('8004')}, ${id('8002')}, NULL, ${id('8003')}, 'user', 'Say something.' FROM named
    UNION ALL SELECT ${id('8005')}, ${id('8002')}, ${id('8004')}, ${id('8003')}, 'assistant', repeat('word ', 40) FROM named`);
  await insert(`INSERT INTO run_events (run_id, segment, type, data)
    SELECT ${id('8003')}, 1, 'text-delta', '{"type":"text-delta","text":"word"}'::jsonb FROM named
    UNION ALL SELECT ${id('8003')}, 2, 'usage', '{"type":"usage"}'::jsonb FROM named`);
}

import { rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Database } from '#server/platform/database.ts';
import { openDatabase } from '#server/platform/open-database.ts';
import { migrations, workerFile } from '#test/support/prepared-folder.ts';
import { createTestDatabase, type TestDatabase } from '#test/support/test-database.ts';

let store: TestDatabase;
let upgraded: Database;

beforeAll(async () => {
  store = await createTestDatabase();
});
afterAll(async () => {
  await upgraded.close();
  rmSync(store.dataFolder, { recursive: true, force: true });
});

describe('an upgrade', () => {
  test('finds out which agents the files belong to, and what stands under what in conversations', async () => {
    const { pool } = store.database;
    await pool.query(`
      ALTER TABLE messages DROP COLUMN parent_id;
      ALTER TABLE conversations DROP COLUMN leaf_message_id, DROP COLUMN forked_from_id;
      ALTER TABLE runs DROP COLUMN question_id;
      ALTER TABLE conversation_summaries DROP CONSTRAINT conversation_summaries_pkey, ADD PRIMARY KEY (conversation_id);
      DROP INDEX conversation_summaries_conversation_id_idx;
      DELETE FROM _prisma_migrations WHERE migration_name = '20261127070000_message_tree';
      ALTER TABLE files DROP COLUMN api_key_id, DROP COLUMN agent_ids;
      DELETE FROM _prisma_migrations WHERE migration_name = '20261124090000_files_of_bound_keys';
      INSERT INTO users (id, name, email) VALUES ('ada', 'Ada', 'ada@example.org');
      INSERT INTO agents (id, handle, owner_id, name, category, draft)
        SELECT id, id, 'ada', id, 'hub', '{}' FROM unnest(ARRAY['desk', 'artist']) AS id;
      INSERT INTO files (id, owner_id, name, media_type, size, sha256)
        SELECT id, 'ada', id, 'text/plain', 1, id FROM unnest(ARRAY['unused', 'given', 'drawn', 'small', 'table']) AS id;
      INSERT INTO conversations (id, user_id, agent_id) VALUES ('talk', 'ada', 'desk'), ('paint', 'ada', 'artist');
      INSERT INTO messages (id, conversation_id, run_id, role, content, file_ids)
        VALUES ('1', 'talk', NULL, 'user', '', '{given}'), ('2', 'talk', 'run', 'user', '', '{given,drawn}'),
               ('3', 'paint', NULL, 'user', '', '{}');
      INSERT INTO runs (id, agent_id, user_id, status, model) VALUES ('run', 'artist', 'ada', 'completed', 'm');
      INSERT INTO run_events (run_id, segment, type, data) VALUES
        ('run', 1, 'artifact', '{"type":"artifact","artifact":{"kind":"image","file":"drawn","thumbnail":"small"}}'),
        ('run', 2, 'artifact', '{"type":"artifact","artifact":{"kind":"chart","file":"gone","thumbnail":null}}'),
        ('run', 3, 'tool-result', '{"type":"tool-result","file":"table","output":{"file":"unused"}}'),
        ('run', 4, 'tool-result', '{"type":"tool-result","file":null}');
    `);
    await store.database.close();
    upgraded = await openDatabase({ dataFolder: store.dataFolder, migrations, workerFile });
    const files = await upgraded.prisma.file.findMany({ orderBy: { id: 'asc' } });
    expect(files.map(({ id, apiKeyId, agentIds }) => [id, apiKeyId, agentIds])).toEqual([
      ['drawn', null, ['artist', 'desk']],
      ['given', null, ['desk']],
      ['small', null, ['artist']],
      ['table', null, ['artist']],
      ['unused', null, []],
    ]);
    const messages = await upgraded.prisma.message.findMany({ orderBy: { id: 'asc' } });
    expect(messages.map(({ parentId }) => parentId)).toEqual([null, '1', null]);
    const conversations = await upgraded.prisma.conversation.findMany({ orderBy: { id: 'asc' } });
    expect(conversations.map(({ leafMessageId }) => leafMessageId)).toEqual(['3', '2']);
    expect(await upgraded.prisma.run.findFirst()).toMatchObject({ questionId: '2' });
  });
});

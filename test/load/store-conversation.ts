import type pg from 'pg';

/** Stores a conversation with the bench's agent, as runs leave it; each answer says `answer`. Tells its id. */
export async function storeConversation(
  pool: pg.Pool,
  { length, answer = 'word '.repeat(20) }: { length: number; answer?: string },
): Promise<string> {
  const made = await pool.query<{ id: string }>(
    `INSERT INTO conversations (id, user_id, agent_id, title, source)
     SELECT gen_random_uuid(), (SELECT id FROM users LIMIT 1), (SELECT id FROM agents WHERE handle = 'bench'), 'Long', 'page'
     RETURNING id`,
  );
  const id = made.rows[0]?.id ?? '';
  await pool.query(
    `WITH numbered AS (
       SELECT n, ('01900000-0000-7000-9001-' || lpad(to_hex(n), 4, '0') || right($1::text, 8))::uuid AS id
       FROM generate_series(1, $2::int) AS n
     ), shown AS (
       UPDATE conversations SET leaf_message_id = (SELECT id FROM numbered WHERE n = $2::int) WHERE id = $1::uuid::text
     )
     INSERT INTO messages (id, conversation_id, parent_id, role, content)
     SELECT id, $1::uuid, lag(id) OVER (ORDER BY n),
            CASE WHEN n % 2 = 1 THEN 'user' ELSE 'assistant' END,
            CASE WHEN n % 2 = 1 THEN 'Question ' || n || ', please.' ELSE $3 END
     FROM numbered`,
    [id, length, answer],
  );
  return id;
}

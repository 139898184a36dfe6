import { insertModelUsage } from './run-statements.ts';

/**
 * Stores that a run of this process waits for a person, with all from which any process can go on. Written again, it
 * changes nothing: the run then belongs to no process, or to the one that took it up. One that another process took for
 * interrupted waits all the same.
 */
export const insertSleep = `
  WITH slept AS (
    UPDATE runs SET status = 'waiting', instance_id = NULL, error = NULL, ended_at = NULL,
           input_tokens = t.input_tokens, output_tokens = t.output_tokens, cached_input_tokens = t.cached_input_tokens,
           reasoning_tokens = t.reasoning_tokens, cost_usd = t.cost_usd, cost_is_partial = t.cost_is_partial
    FROM jsonb_to_record($3::jsonb) AS t(input_tokens int, output_tokens int, cached_input_tokens int,
         reasoning_tokens int, cost_usd numeric, cost_is_partial boolean)
    WHERE runs.id = $1 AND instance_id = $2 AND (ended_at IS NULL OR status = 'interrupted')
    RETURNING runs.id, agent_id, user_id, api_key_id, started_at
  ), checkpoint AS (
    INSERT INTO run_checkpoints (run_id, content, saved_at) SELECT id, $4::jsonb, $7 FROM slept
    ON CONFLICT (run_id) DO UPDATE SET content = EXCLUDED.content, saved_at = EXCLUDED.saved_at,
       number = run_checkpoints.number + 1
  ), event AS (
    INSERT INTO run_events (run_id, segment, type, data)
    SELECT slept.id, segment, type, data
    FROM jsonb_to_recordset($5::jsonb) AS t(segment int, type text, data jsonb), slept
    ON CONFLICT (run_id, segment) DO UPDATE SET type = EXCLUDED.type, data = EXCLUDED.data
  ), wait AS (
    INSERT INTO run_waits (id, run_id, kind, content, created_at, expires_at)
    SELECT t.id, slept.id, kind, content, $7, expires_at
    FROM jsonb_to_recordset($6::jsonb) AS t(id text, kind text, content jsonb, expires_at timestamptz), slept
    ON CONFLICT (id) DO NOTHING
  ), answered AS (
    DELETE FROM run_waits USING slept
    WHERE run_id = slept.id
      AND run_waits.id NOT IN (SELECT t.id FROM jsonb_to_recordset($6::jsonb) AS t(id text))
  ), by_model AS (${insertModelUsage({ stored: 'slept', parameter: '$8' })}
  )
  SELECT id FROM slept`;

/** Takes up a run that waits; only one process finds its row. `$3`: one whose first claim was not answered, too. */
export const claimSleep = `
  WITH claimed AS (
    UPDATE runs SET status = 'running', instance_id = $2
    WHERE id = $1 AND (status = 'waiting' OR ($3 AND status = 'running' AND instance_id = $2))
    RETURNING id
  )
  SELECT c.content, (
      SELECT jsonb_object_agg(w.id, w.answer) FROM run_waits w WHERE w.run_id = claimed.id AND w.answer IS NOT NULL
    ) AS answers
  FROM claimed JOIN run_checkpoints c ON c.run_id = claimed.id`;

/** The agent that makes a call: the run's own, or one that works in it and may be gone by now. */
export const joinCaller = `LEFT JOIN agents a ON a.id = coalesce(w.content->'agent'->>'id', r.agent_id)`;

/** What waits for an actor: in their runs, or a call of an agent that they own. `$2`: the agents of a bound key, or null. */
export const listWaits = `
  SELECT w.id, w.content, w.created_at AS "createdAt", r.id AS "runId",
         s.id AS "agentId", s.handle, s.name, s.translated_names AS translations,
         CASE WHEN r.user_id = $1 THEN r.conversation_id END AS "conversationId",
         r.started_by AS "startedBy", r.api_key_id AS "apiKeyId", r.user_id = $1 AS "isOwn", u.name AS person
  FROM run_waits w JOIN runs r ON r.id = w.run_id JOIN agents b ON b.id = r.agent_id JOIN users u ON u.id = r.user_id
  ${joinCaller}
  JOIN agents s ON s.id = CASE WHEN r.user_id = $1 THEN b.id ELSE a.id END
  WHERE (r.user_id = $1 OR (a.owner_id = $1 AND w.kind = 'approval'))
    AND ($2::text[] IS NULL OR (CASE WHEN r.user_id = $1 THEN r.agent_id ELSE a.id END) = ANY($2))
    AND r.ended_at IS NULL AND w.answer IS NULL AND w.expires_at > $3
    AND ($4::timestamptz IS NULL OR (w.created_at, w.id) < ($4, $5))
  ORDER BY w.created_at DESC, w.id DESC LIMIT $6`;

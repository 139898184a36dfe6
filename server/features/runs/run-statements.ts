/**
 * Stores the beginnings of many runs at once; answers the ids of those that were new. Written again, it changes nothing:
 * all that belongs to a run is stored with its row.
 */
export const insertStarts = `
  WITH run AS (
    INSERT INTO runs (id, agent_id, version, conversation_id, question_id, user_id, api_key_id, status, model, metadata,
                      started_by, trigger_id, instance_id, idempotency_key, request_digest, started_at)
    SELECT id, agent_id, version, conversation_id, question_id, user_id, api_key_id, 'running', model, metadata,
           started_by, started_by #>> '{trigger,id}', $5::text, idempotency_key, request_digest, started_at
    FROM jsonb_to_recordset($1::jsonb) AS t(id text, agent_id text, version int, conversation_id text, question_id text,
         user_id text, api_key_id text, model text, metadata jsonb, started_by jsonb,
         idempotency_key text, request_digest text, started_at timestamptz)
    ON CONFLICT DO NOTHING
    RETURNING id
  ), conversation AS (
    INSERT INTO conversations (id, user_id, agent_id, title, source, leaf_message_id, variables, created_at, updated_at)
    SELECT t.id, user_id, agent_id, title, source, leaf_message_id, variables, started_at, started_at
    FROM jsonb_to_recordset($2::jsonb) AS t(id text, user_id text, agent_id text, title text, source text,
         leaf_message_id text, variables jsonb, started_at timestamptz, run_id text)
    JOIN run ON run.id = t.run_id
  ), touched AS (
    UPDATE conversations SET updated_at = t.started_at, leaf_message_id = t.leaf_message_id,
           variables = COALESCE(t.variables, conversations.variables),
           answering_agent_id = CASE WHEN t.is_branch THEN t.answering_agent_id ELSE conversations.answering_agent_id END
    FROM jsonb_to_recordset($3::jsonb) AS t(id text, leaf_message_id text, is_branch boolean, answering_agent_id text,
         variables jsonb, started_at timestamptz, run_id text)
    JOIN run ON run.id = t.run_id
    WHERE conversations.id = t.id
  ), message AS (
    INSERT INTO messages (id, conversation_id, parent_id, run_id, role, content, file_ids, created_at)
    SELECT t.id, conversation_id, parent_id, run_id, role, content,
           ARRAY(SELECT jsonb_array_elements_text(file_ids)), created_at
    FROM jsonb_to_recordset($4::jsonb) AS t(id text, conversation_id text, parent_id text, run_id text, role text,
         content text, file_ids jsonb, created_at timestamptz)
    JOIN run ON run.id = t.run_id
  ), callback AS (
    INSERT INTO trigger_deliveries (id, run_id, user_id, url, event, status, created_at)
    SELECT t.id, run_id, user_id, url, '', 'running', created_at
    FROM jsonb_to_recordset($6::jsonb) AS t(id text, run_id text, user_id text, url text, created_at timestamptz)
    JOIN run ON run.id = t.run_id
  )
  SELECT id FROM run`;

/** Stores what each model took of runs, written again over what was; a part of the statement that stores the runs. */
export const insertModelUsage = ({
  stored,
  parameter,
}: {
  stored: 'ended' | 'slept' | 'looked';
  parameter: `$${number}`;
}) => `
    INSERT INTO run_usage (run_id, model, agent_id, user_id, api_key_id, payer_id, started_at, input_tokens, output_tokens,
                           cached_input_tokens, reasoning_tokens, cost_usd, cost_is_partial)
    SELECT t.run_id, t.model, agent_id, user_id, api_key_id, payer_id, started_at, input_tokens, output_tokens,
           cached_input_tokens, reasoning_tokens, cost_usd, cost_is_partial
    FROM jsonb_to_recordset(${parameter}::jsonb) AS t(run_id text, model text, payer_id text, input_tokens int, output_tokens int,
         cached_input_tokens int, reasoning_tokens int, cost_usd numeric, cost_is_partial boolean)
    JOIN ${stored} ON ${stored}.id = t.run_id
    ON CONFLICT (run_id, model) DO UPDATE
    SET payer_id = EXCLUDED.payer_id, input_tokens = EXCLUDED.input_tokens, output_tokens = EXCLUDED.output_tokens,
        cached_input_tokens = EXCLUDED.cached_input_tokens, reasoning_tokens = EXCLUDED.reasoning_tokens,
        cost_usd = EXCLUDED.cost_usd, cost_is_partial = EXCLUDED.cost_is_partial`;

/**
 * Stores the ends of many runs at once: what they became, their replies, events, who took a conversation over, and what
 * their keys and models spent. A reply is shown unless the person looks at another branch by now. Written again, it changes nothing: all of it is stored as the run's row goes from not ended to ended.
 * A run that another process took for interrupted has not ended. Events that were stored while the run waited for a
 * person are stored over.
 */
const toInsertEnds = (more = '') => `
  WITH ended AS (
    UPDATE runs SET status = t.status, output = t.output, finish_reason = t.finish_reason, error = t.error,
           input_tokens = t.input_tokens, output_tokens = t.output_tokens, cached_input_tokens = t.cached_input_tokens,
           reasoning_tokens = t.reasoning_tokens, cost_usd = t.cost_usd, cost_is_partial = t.cost_is_partial, ended_at = t.ended_at
    FROM jsonb_to_recordset($4::jsonb) AS t(id text, status text, output text, finish_reason text, error jsonb,
         input_tokens int, output_tokens int, cached_input_tokens int, reasoning_tokens int, cost_usd numeric, cost_is_partial boolean,
         ended_at timestamptz)
    WHERE runs.id = t.id AND (runs.ended_at IS NULL OR runs.status = 'interrupted')
    RETURNING runs.id, agent_id, user_id, api_key_id, started_at
  ), event AS (
    INSERT INTO run_events (run_id, segment, type, data)
    SELECT run_id, segment, type, data
    FROM jsonb_to_recordset($1::jsonb) AS t(run_id text, segment int, type text, data jsonb)
    JOIN ended ON ended.id = t.run_id
    ON CONFLICT (run_id, segment) DO UPDATE SET type = EXCLUDED.type, data = EXCLUDED.data
  ), checkpoint AS (
    DELETE FROM run_checkpoints USING ended WHERE run_id = ended.id
  ), wait AS (
    DELETE FROM run_waits USING ended WHERE run_id = ended.id
  ), message AS (
    INSERT INTO messages (id, conversation_id, parent_id, run_id, role, content, created_at)
    SELECT t.id, conversation_id, parent_id, run_id, 'assistant', content, t.created_at
    FROM jsonb_to_recordset($2::jsonb) AS t(id text, conversation_id text, parent_id text, run_id text, content text,
         created_at timestamptz)
    JOIN ended ON ended.id = t.run_id
    JOIN conversations ON conversations.id = t.conversation_id
    ON CONFLICT DO NOTHING
  ), shown AS (
    UPDATE conversations
    SET leaf_message_id = t.id,
        answering_agent_id = CASE WHEN agents.id IS NULL THEN conversations.answering_agent_id
                                  ELSE NULLIF(agents.id, conversations.agent_id) END
    FROM jsonb_to_recordset($2::jsonb) AS t(id text, conversation_id text, parent_id text, run_id text,
         answering_agent_id text)
    JOIN ended ON ended.id = t.run_id
    LEFT JOIN agents ON agents.id = t.answering_agent_id
    WHERE conversations.id = t.conversation_id AND conversations.leaf_message_id IS NOT DISTINCT FROM t.parent_id
  ), spent AS (
    UPDATE api_keys SET total_tokens = total_tokens + t.tokens, cost_usd = cost_usd + t.cost
    FROM (
      SELECT t.id, sum(tokens) AS tokens, sum(cost) AS cost
      FROM jsonb_to_recordset($3::jsonb) AS t(id text, run_id text, tokens bigint, cost numeric)
      JOIN ended ON ended.id = t.run_id GROUP BY t.id
    ) AS t WHERE api_keys.id = t.id
  )${more}
  SELECT id FROM ended`;
export const insertEnds = toInsertEnds();
/** The same where some of the runs have sums by model, with these as `$5`: others are not to pay for them. */
export const insertEndsByModel = toInsertEnds(`, by_model AS (${insertModelUsage({ stored: 'ended', parameter: '$5' })}
  )`);

/**
 * Marks what other processes left running, if they are not known to live. A run that waits for a person needs none. Where
 * such a run answered again, the newest earlier reply is shown in place of the one that will not come.
 */
export const markRunsOfTheGone = `
  WITH marked AS (
    UPDATE runs SET status = 'interrupted', error = $1::jsonb, ended_at = now()
    WHERE status = 'running' AND instance_id IS DISTINCT FROM $2
      AND NOT EXISTS (
        SELECT FROM hub_instances
        WHERE id = runs.instance_id AND seen_at > now() - $3::double precision * interval '1 millisecond'
      )
    RETURNING id, conversation_id, question_id
  ), shown AS (
    UPDATE conversations SET leaf_message_id = reply.id
    FROM marked CROSS JOIN LATERAL (
      SELECT id FROM messages WHERE conversation_id = marked.conversation_id AND parent_id = marked.question_id
      ORDER BY id DESC LIMIT 1
    ) AS reply
    WHERE conversations.id = marked.conversation_id AND conversations.leaf_message_id = marked.question_id
  ), checkpoint AS (
    DELETE FROM run_checkpoints USING marked WHERE run_id = marked.id
  ), wait AS (
    DELETE FROM run_waits USING marked WHERE run_id = marked.id
  )
  SELECT id FROM marked`;

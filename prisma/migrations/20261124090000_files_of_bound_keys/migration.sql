ALTER TABLE "files" ADD COLUMN "api_key_id" TEXT;
ALTER TABLE "files" ADD COLUMN "agent_ids" TEXT[] DEFAULT ARRAY[]::TEXT[];

-- Files that are there already: of the agents that were given them, and of those whose runs made them.
UPDATE "files" SET "agent_ids" = "known"."agent_ids"
FROM (
  SELECT "file_id", array_agg(DISTINCT "agent_id") AS "agent_ids"
  FROM (
    SELECT unnest("messages"."file_ids") AS "file_id", "conversations"."agent_id"
    FROM "messages" JOIN "conversations" ON "conversations"."id" = "messages"."conversation_id"
    UNION
    SELECT unnest(ARRAY["data" #>> '{artifact,file}', "data" #>> '{artifact,thumbnail}', "data" ->> 'file']), "runs"."agent_id"
    FROM "run_events" JOIN "runs" ON "runs"."id" = "run_events"."run_id"
    WHERE "run_events"."type" IN ('artifact', 'tool-result')
  ) AS "place"
  WHERE "file_id" IS NOT NULL
  GROUP BY "file_id"
) AS "known"
WHERE "files"."id" = "known"."file_id";

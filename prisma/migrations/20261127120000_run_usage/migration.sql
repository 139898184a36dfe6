CREATE TABLE "run_usage" (
  "run_id" TEXT NOT NULL,
  "model" TEXT NOT NULL,
  "agent_id" TEXT NOT NULL,
  "user_id" TEXT NOT NULL,
  "api_key_id" TEXT,
  "started_at" TIMESTAMPTZ(3) NOT NULL,
  "input_tokens" INTEGER NOT NULL,
  "output_tokens" INTEGER NOT NULL,
  "cached_input_tokens" INTEGER NOT NULL,
  "reasoning_tokens" INTEGER NOT NULL,
  "cost_usd" DECIMAL(18,9),

  CONSTRAINT "run_usage_pkey" PRIMARY KEY ("run_id", "model")
);

CREATE INDEX "run_usage_user_id_started_at_idx" ON "run_usage"("user_id", "started_at");
CREATE INDEX "run_usage_started_at_idx" ON "run_usage"("started_at");

ALTER TABLE "removed_usage" ALTER COLUMN "model" DROP NOT NULL;

-- Runs of before tell it by their events.
INSERT INTO "run_usage"
SELECT r."id", e."model", r."agent_id", r."user_id", r."api_key_id", r."started_at",
       e."input_tokens", e."output_tokens", e."cached_input_tokens", e."reasoning_tokens", e."cost_usd"
FROM "runs" r
JOIN (
  SELECT "run_id", "data"->>'model' AS "model",
         sum(("data"->'usage'->>'inputTokens')::int) AS "input_tokens",
         sum(("data"->'usage'->>'outputTokens')::int) AS "output_tokens",
         sum(("data"->'usage'->>'cachedInputTokens')::int) AS "cached_input_tokens",
         sum(("data"->'usage'->>'reasoningTokens')::int) AS "reasoning_tokens",
         CASE WHEN count(*) = count("data"->>'costUsd') THEN sum(("data"->>'costUsd')::numeric) END AS "cost_usd"
  FROM "run_events" WHERE "type" = 'usage' GROUP BY "run_id", "data"->>'model'
) AS e ON e."run_id" = r."id"
WHERE EXISTS (
  SELECT FROM "run_events" o WHERE o."run_id" = r."id" AND o."type" = 'usage' AND o."data"->>'model' <> r."model"
);

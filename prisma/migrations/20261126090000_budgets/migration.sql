ALTER TABLE "users" ADD COLUMN "monthly_budget" JSONB;
ALTER TABLE "api_keys" ADD COLUMN "monthly_budget" JSONB;

CREATE INDEX "runs_agent_id_started_at_idx" ON "runs" ("agent_id", "started_at");
CREATE INDEX "runs_api_key_id_started_at_idx" ON "runs" ("api_key_id", "started_at");

CREATE TABLE "removed_usage" (
  "id" TEXT NOT NULL,
  "user_id" TEXT NOT NULL,
  "api_key_id" TEXT,
  "model" TEXT NOT NULL,
  "day" TIMESTAMPTZ(3) NOT NULL,
  "runs" INTEGER NOT NULL,
  "input_tokens" BIGINT NOT NULL,
  "output_tokens" BIGINT NOT NULL,
  "cached_input_tokens" BIGINT NOT NULL,
  "reasoning_tokens" BIGINT NOT NULL,
  "cost_usd" DECIMAL(18,9) NOT NULL,
  "unknown_costs" INTEGER NOT NULL,
  CONSTRAINT "removed_usage_pkey" PRIMARY KEY ("id")
);

CREATE INDEX "removed_usage_user_id_day_idx" ON "removed_usage" ("user_id", "day");
CREATE INDEX "removed_usage_day_idx" ON "removed_usage" ("day");

CREATE TABLE "eval_suites" (
  "agent_id" TEXT NOT NULL,
  "required" BOOLEAN NOT NULL DEFAULT false,
  "revision" INTEGER NOT NULL DEFAULT 0,

  CONSTRAINT "eval_suites_pkey" PRIMARY KEY ("agent_id")
);

CREATE TABLE "evals" (
  "id" TEXT NOT NULL,
  "agent_id" TEXT NOT NULL,
  "revision" INTEGER NOT NULL DEFAULT 1,
  "content" JSONB NOT NULL,
  "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

  CONSTRAINT "evals_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "eval_runs" (
  "id" TEXT NOT NULL,
  "agent_id" TEXT NOT NULL,
  "user_id" TEXT NOT NULL,
  "status" TEXT NOT NULL DEFAULT 'running',
  "draft_revision" INTEGER NOT NULL,
  "suite_revision" INTEGER NOT NULL,
  "published_version" INTEGER,
  "columns" JSONB NOT NULL,
  "tests" JSONB NOT NULL,
  "is_whole" BOOLEAN NOT NULL,
  "seen_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "started_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "ended_at" TIMESTAMPTZ(3),

  CONSTRAINT "eval_runs_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "eval_results" (
  "eval_run_id" TEXT NOT NULL,
  "row" INTEGER NOT NULL,
  "column" INTEGER NOT NULL,
  "status" TEXT NOT NULL DEFAULT 'waiting',
  "reason" TEXT,
  "run_id" TEXT,
  "output" TEXT NOT NULL DEFAULT '',
  "checks" JSONB NOT NULL DEFAULT '[]',
  "tokens" INTEGER NOT NULL DEFAULT 0,
  "cost_usd" DECIMAL(18,9),
  "duration_ms" INTEGER,
  "error" JSONB,

  CONSTRAINT "eval_results_pkey" PRIMARY KEY ("eval_run_id", "row", "column")
);

CREATE INDEX "evals_agent_id_id_idx" ON "evals"("agent_id", "id");
CREATE INDEX "eval_runs_agent_id_id_idx" ON "eval_runs"("agent_id", "id");

ALTER TABLE "eval_suites" ADD CONSTRAINT "eval_suites_agent_id_fkey" FOREIGN KEY ("agent_id") REFERENCES "agents"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "evals" ADD CONSTRAINT "evals_agent_id_fkey" FOREIGN KEY ("agent_id") REFERENCES "agents"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "eval_runs" ADD CONSTRAINT "eval_runs_agent_id_fkey" FOREIGN KEY ("agent_id") REFERENCES "agents"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "eval_results" ADD CONSTRAINT "eval_results_eval_run_id_fkey" FOREIGN KEY ("eval_run_id") REFERENCES "eval_runs"("id") ON DELETE CASCADE ON UPDATE CASCADE;

CREATE TABLE "triggers" (
  "id" TEXT NOT NULL,
  "owner_id" TEXT NOT NULL,
  "agent_id" TEXT NOT NULL,
  "name" TEXT NOT NULL,
  "message" TEXT NOT NULL,
  "variables" JSONB NOT NULL DEFAULT '{}',
  "language" TEXT NOT NULL DEFAULT 'en',
  "conversation" TEXT NOT NULL DEFAULT 'own',
  "conversation_id" TEXT,
  "schedule" JSONB,
  "webhook" JSONB,
  "webhook_secret" TEXT,
  "callback_url" TEXT,
  "callback_secret" TEXT,
  "paused_because" TEXT,
  "paused_detail" TEXT,
  "next_at" TIMESTAMPTZ(3),
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

  CONSTRAINT "triggers_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "trigger_firings" (
  "id" TEXT NOT NULL,
  "trigger_id" TEXT NOT NULL,
  "key" TEXT NOT NULL,
  "digest" TEXT,
  "cause" TEXT NOT NULL,
  "status" TEXT NOT NULL,
  "detail" TEXT,
  "input" TEXT NOT NULL DEFAULT '',
  "attempts" INTEGER NOT NULL DEFAULT 0,
  "run_id" TEXT,
  "due_at" TIMESTAMPTZ(3) NOT NULL,
  "start_at" TIMESTAMPTZ(3),
  "ended_at" TIMESTAMPTZ(3),

  CONSTRAINT "trigger_firings_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "trigger_deliveries" (
  "id" TEXT NOT NULL,
  "trigger_id" TEXT NOT NULL,
  "run_id" TEXT NOT NULL,
  "event" TEXT NOT NULL,
  "status" TEXT NOT NULL DEFAULT 'waiting',
  "attempts" INTEGER NOT NULL DEFAULT 0,
  "last_status" INTEGER,
  "last_error" TEXT,
  "next_at" TIMESTAMPTZ(3),
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "ended_at" TIMESTAMPTZ(3),

  CONSTRAINT "trigger_deliveries_pkey" PRIMARY KEY ("id")
);

CREATE INDEX "triggers_owner_id_created_at_id_idx" ON "triggers"("owner_id", "created_at", "id");
CREATE INDEX "triggers_agent_id_idx" ON "triggers"("agent_id");
CREATE INDEX "triggers_next_at_idx" ON "triggers"("next_at");
CREATE UNIQUE INDEX "trigger_firings_trigger_id_key_key" ON "trigger_firings"("trigger_id", "key");
CREATE INDEX "trigger_firings_trigger_id_due_at_id_idx" ON "trigger_firings"("trigger_id", "due_at", "id");
CREATE INDEX "trigger_firings_status_start_at_idx" ON "trigger_firings"("status", "start_at");
CREATE UNIQUE INDEX "trigger_deliveries_trigger_id_run_id_key" ON "trigger_deliveries"("trigger_id", "run_id");
CREATE INDEX "trigger_deliveries_trigger_id_created_at_id_idx" ON "trigger_deliveries"("trigger_id", "created_at", "id");
CREATE INDEX "trigger_deliveries_status_next_at_idx" ON "trigger_deliveries"("status", "next_at");

ALTER TABLE "triggers" ADD CONSTRAINT "triggers_owner_id_fkey" FOREIGN KEY ("owner_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "triggers" ADD CONSTRAINT "triggers_agent_id_fkey" FOREIGN KEY ("agent_id") REFERENCES "agents"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "trigger_firings" ADD CONSTRAINT "trigger_firings_trigger_id_fkey" FOREIGN KEY ("trigger_id") REFERENCES "triggers"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "trigger_deliveries" ADD CONSTRAINT "trigger_deliveries_trigger_id_fkey" FOREIGN KEY ("trigger_id") REFERENCES "triggers"("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "runs" ADD COLUMN "started_by" JSONB;

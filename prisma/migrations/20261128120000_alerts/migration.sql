CREATE TABLE "alerts" (
    "id" TEXT NOT NULL,
    "owner_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "language" TEXT NOT NULL DEFAULT 'en',
    "watch" JSONB NOT NULL,
    "webhook_url" TEXT,
    "webhook_secret" TEXT,
    "agent_id" TEXT,
    "agent_does" TEXT NOT NULL DEFAULT 'tell',
    "question" TEXT NOT NULL DEFAULT '',
    "conversation_id" TEXT,
    "cool_down_minutes" INTEGER NOT NULL DEFAULT 0,
    "state" JSONB NOT NULL DEFAULT '{}',
    "paused_because" TEXT,
    "paused_detail" TEXT,
    "checked_at" TIMESTAMPTZ(3),
    "next_at" TIMESTAMPTZ(3),
    "lease" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "alerts_pkey" PRIMARY KEY ("id")
);

CREATE INDEX "alerts_owner_id_created_at_id_idx" ON "alerts"("owner_id", "created_at", "id");
CREATE INDEX "alerts_agent_id_idx" ON "alerts"("agent_id");
CREATE INDEX "alerts_next_at_idx" ON "alerts"("next_at");

ALTER TABLE "alerts" ADD CONSTRAINT "alerts_owner_id_fkey" FOREIGN KEY ("owner_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "alerts" ADD CONSTRAINT "alerts_agent_id_fkey" FOREIGN KEY ("agent_id") REFERENCES "agents"("id") ON DELETE SET NULL ON UPDATE CASCADE;

CREATE TABLE "alert_firings" (
    "id" TEXT NOT NULL,
    "alert_id" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "cause" TEXT NOT NULL,
    "is_quiet" BOOLEAN NOT NULL DEFAULT false,
    "facts" JSONB NOT NULL,
    "block_number" BIGINT,
    "block_hash" TEXT,
    "fired_at" TIMESTAMPTZ(3) NOT NULL,
    "withdrawn_at" TIMESTAMPTZ(3),
    "read_at" TIMESTAMPTZ(3),

    CONSTRAINT "alert_firings_pkey" PRIMARY KEY ("id")
);

CREATE UNIQUE INDEX "alert_firings_alert_id_key_key" ON "alert_firings"("alert_id", "key");
CREATE INDEX "alert_firings_alert_id_fired_at_id_idx" ON "alert_firings"("alert_id", "fired_at", "id");
CREATE INDEX "alert_firings_alert_id_block_number_idx" ON "alert_firings"("alert_id", "block_number");

ALTER TABLE "alert_firings" ADD CONSTRAINT "alert_firings_alert_id_fkey" FOREIGN KEY ("alert_id") REFERENCES "alerts"("id") ON DELETE CASCADE ON UPDATE CASCADE;

CREATE TABLE "alert_deliveries" (
    "id" TEXT NOT NULL,
    "firing_id" TEXT NOT NULL,
    "way" TEXT NOT NULL,
    "event" TEXT NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'waiting',
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "last_status" INTEGER,
    "last_error" TEXT,
    "run_id" TEXT,
    "conversation_id" TEXT,
    "next_at" TIMESTAMPTZ(3),
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "alert_deliveries_pkey" PRIMARY KEY ("id")
);

CREATE UNIQUE INDEX "alert_deliveries_firing_id_event_way_key" ON "alert_deliveries"("firing_id", "event", "way");
CREATE INDEX "alert_deliveries_status_next_at_idx" ON "alert_deliveries"("status", "next_at");

ALTER TABLE "alert_deliveries" ADD CONSTRAINT "alert_deliveries_firing_id_fkey" FOREIGN KEY ("firing_id") REFERENCES "alert_firings"("id") ON DELETE CASCADE ON UPDATE CASCADE;

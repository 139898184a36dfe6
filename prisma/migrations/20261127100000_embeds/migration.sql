CREATE TABLE "agent_embeds" (
  "agent_id" TEXT PRIMARY KEY REFERENCES "agents" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
  "is_enabled" BOOLEAN NOT NULL DEFAULT false,
  "origins" TEXT[] DEFAULT ARRAY[]::TEXT[],
  "maximum_usd_per_month" DOUBLE PRECISION,
  "maximum_runs_per_month" INTEGER,
  "color" TEXT,
  "position" TEXT NOT NULL DEFAULT 'right',
  "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP
);

CREATE TABLE "embed_sessions" (
  "token_hash" TEXT PRIMARY KEY,
  "conversation_id" TEXT NOT NULL REFERENCES "conversations" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP
);
CREATE UNIQUE INDEX "embed_sessions_conversation_id_key" ON "embed_sessions" ("conversation_id");

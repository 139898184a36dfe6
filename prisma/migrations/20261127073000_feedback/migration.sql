CREATE TABLE "message_feedback" (
  "message_id" TEXT NOT NULL PRIMARY KEY REFERENCES "messages" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
  "user_id" TEXT NOT NULL REFERENCES "users" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
  "agent_id" TEXT NOT NULL REFERENCES "agents" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
  "version" INTEGER,
  "model" TEXT NOT NULL,
  "rating" TEXT NOT NULL,
  "reasons" TEXT[] DEFAULT ARRAY[]::TEXT[],
  "text" TEXT NOT NULL DEFAULT '',
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP
);
CREATE INDEX "message_feedback_agent_id_created_at_message_id_idx" ON "message_feedback" ("agent_id", "created_at", "message_id");
CREATE INDEX "message_feedback_user_id_idx" ON "message_feedback" ("user_id");

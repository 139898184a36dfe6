CREATE TABLE "conversation_shares" (
  "id" TEXT PRIMARY KEY,
  "conversation_id" TEXT NOT NULL REFERENCES "conversations" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
  "user_id" TEXT NOT NULL REFERENCES "users" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
  "title" TEXT NOT NULL,
  "content" JSONB NOT NULL,
  "file_ids" TEXT[] DEFAULT ARRAY[]::TEXT[],
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "expires_at" TIMESTAMPTZ(3)
);
CREATE INDEX "conversation_shares_user_id_created_at_id_idx" ON "conversation_shares" ("user_id", "created_at", "id");
CREATE INDEX "conversation_shares_conversation_id_idx" ON "conversation_shares" ("conversation_id");

CREATE TABLE "conversation_summaries" (
  "conversation_id" TEXT NOT NULL PRIMARY KEY REFERENCES "conversations" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
  "text" TEXT NOT NULL,
  "through_message_id" TEXT NOT NULL,
  "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP
);

CREATE TABLE "memories" (
  "id" TEXT NOT NULL,
  "agent_id" TEXT NOT NULL,
  "user_id" TEXT NOT NULL,
  "kind" TEXT NOT NULL,
  "text" TEXT NOT NULL,
  "created_by" TEXT NOT NULL,
  "conversation_id" TEXT,
  "message_id" TEXT,
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "edited_at" TIMESTAMPTZ(3),

  CONSTRAINT "memories_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "memory_watches" (
  "conversation_id" TEXT NOT NULL,
  "agent_id" TEXT NOT NULL,
  "user_id" TEXT NOT NULL,
  "due_at" TIMESTAMPTZ(3),
  "attempts" INTEGER NOT NULL DEFAULT 0,
  "read_to" TEXT,

  CONSTRAINT "memory_watches_pkey" PRIMARY KEY ("conversation_id")
);

CREATE INDEX "memories_user_id_created_at_id_idx" ON "memories"("user_id", "created_at", "id");
CREATE INDEX "memories_agent_id_user_id_created_at_id_idx" ON "memories"("agent_id", "user_id", "created_at", "id");
CREATE INDEX "memory_watches_due_at_idx" ON "memory_watches"("due_at");
CREATE INDEX "memory_watches_agent_id_user_id_idx" ON "memory_watches"("agent_id", "user_id");
CREATE INDEX "memory_watches_user_id_idx" ON "memory_watches"("user_id");

ALTER TABLE "memories" ADD CONSTRAINT "memories_agent_id_fkey" FOREIGN KEY ("agent_id") REFERENCES "agents"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "memories" ADD CONSTRAINT "memories_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "memory_watches" ADD CONSTRAINT "memory_watches_agent_id_fkey" FOREIGN KEY ("agent_id") REFERENCES "agents"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "memory_watches" ADD CONSTRAINT "memory_watches_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "conversations"
  ADD COLUMN "answering_agent_id" TEXT REFERENCES "agents" ("id") ON DELETE SET NULL ON UPDATE CASCADE;
CREATE INDEX "conversations_answering_agent_id_idx" ON "conversations" ("answering_agent_id");

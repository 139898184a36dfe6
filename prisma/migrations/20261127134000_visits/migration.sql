ALTER TABLE "agent_embeds" ADD COLUMN "maximum_messages" INTEGER NOT NULL DEFAULT 50;
ALTER TABLE "agent_embeds" ADD COLUMN "counted_month" TIMESTAMPTZ(3);
ALTER TABLE "agent_embeds" ADD COLUMN "counted_runs" INTEGER NOT NULL DEFAULT 0;

ALTER TABLE "files" ADD COLUMN "visit_id" TEXT;

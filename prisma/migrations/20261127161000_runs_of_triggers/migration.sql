ALTER TABLE "runs" ADD COLUMN "trigger_id" TEXT;
UPDATE "runs" SET "trigger_id" = "started_by" #>> '{trigger,id}' WHERE "started_by" ? 'trigger';
CREATE INDEX "runs_trigger_id_started_at_idx" ON "runs"("trigger_id", "started_at") WHERE "trigger_id" IS NOT NULL;

ALTER TABLE "run_usage" ADD COLUMN "payer_id" TEXT;

CREATE INDEX "run_usage_payer_id_started_at_idx" ON "run_usage"("payer_id", "started_at");

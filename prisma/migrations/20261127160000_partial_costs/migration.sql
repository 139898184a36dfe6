ALTER TABLE "runs" ADD COLUMN "cost_is_partial" BOOLEAN NOT NULL DEFAULT false;
ALTER TABLE "run_usage" ADD COLUMN "cost_is_partial" BOOLEAN NOT NULL DEFAULT false;

ALTER TABLE "eval_runs" ADD COLUMN "draft_digest" TEXT;

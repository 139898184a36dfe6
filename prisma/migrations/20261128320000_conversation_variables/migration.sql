ALTER TABLE "conversations" ADD COLUMN "variables" JSONB;

ALTER TABLE "index_segments" ADD COLUMN "unfit" JSONB NOT NULL DEFAULT '{}';

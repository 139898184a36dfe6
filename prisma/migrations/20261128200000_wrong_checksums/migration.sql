ALTER TABLE "datasets" ADD COLUMN "wrong_checksums" JSONB;

ALTER TABLE "toolsets" ADD COLUMN "problem_words" JSONB;

ALTER TABLE "connections" ADD COLUMN "maximum_concurrent_calls" INTEGER;

ALTER TABLE "connections" ADD COLUMN "api" TEXT;

-- AlterTable
ALTER TABLE "toolsets" ADD COLUMN "stale_at" TIMESTAMPTZ(3);

CREATE TABLE "removed_people" (
  "id" TEXT NOT NULL,
  "removed_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT "removed_people_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "removed_people_removed_at_idx" ON "removed_people" ("removed_at");

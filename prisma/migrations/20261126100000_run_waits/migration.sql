CREATE TABLE "run_checkpoints" (
  "run_id" TEXT NOT NULL,
  "number" INTEGER NOT NULL DEFAULT 1,
  "content" JSONB NOT NULL,
  "saved_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

  CONSTRAINT "run_checkpoints_pkey" PRIMARY KEY ("run_id")
);

CREATE TABLE "run_waits" (
  "id" TEXT NOT NULL,
  "run_id" TEXT NOT NULL,
  "kind" TEXT NOT NULL,
  "content" JSONB NOT NULL,
  "answer" JSONB,
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "expires_at" TIMESTAMPTZ(3) NOT NULL,

  CONSTRAINT "run_waits_pkey" PRIMARY KEY ("id")
);

CREATE INDEX "run_waits_run_id_idx" ON "run_waits"("run_id");
CREATE INDEX "run_waits_expires_at_idx" ON "run_waits"("expires_at");

ALTER TABLE "run_checkpoints" ADD CONSTRAINT "run_checkpoints_run_id_fkey" FOREIGN KEY ("run_id") REFERENCES "runs"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "run_waits" ADD CONSTRAINT "run_waits_run_id_fkey" FOREIGN KEY ("run_id") REFERENCES "runs"("id") ON DELETE CASCADE ON UPDATE CASCADE;

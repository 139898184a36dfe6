CREATE TABLE "run_requests" (
  "id" TEXT NOT NULL,
  "run_id" TEXT NOT NULL,
  "instance_id" TEXT NOT NULL,
  "content" JSONB NOT NULL,
  "outcome" TEXT,
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

  CONSTRAINT "run_requests_pkey" PRIMARY KEY ("id")
);

CREATE INDEX "run_requests_instance_id_idx" ON "run_requests"("instance_id");
CREATE INDEX "run_requests_run_id_idx" ON "run_requests"("run_id");

ALTER TABLE "run_requests" ADD CONSTRAINT "run_requests_run_id_fkey" FOREIGN KEY ("run_id") REFERENCES "runs"("id") ON DELETE CASCADE ON UPDATE CASCADE;

CREATE TABLE "budget_reservations" (
  "run_id" TEXT NOT NULL,
  "kind" TEXT NOT NULL,
  "subject_id" TEXT NOT NULL,
  "instance_id" TEXT NOT NULL,
  "tokens" BIGINT NOT NULL,
  "cost_usd" DECIMAL(18,9) NOT NULL,
  "held_tokens" BIGINT NOT NULL,
  "held_usd" DECIMAL(18,9) NOT NULL,
  "ended_at" TIMESTAMPTZ(3),

  CONSTRAINT "budget_reservations_pkey" PRIMARY KEY ("run_id", "kind", "subject_id")
);

CREATE INDEX "budget_reservations_kind_subject_id_idx" ON "budget_reservations"("kind", "subject_id");

CREATE TABLE "contract_audits" (
    "id" TEXT NOT NULL,
    "user_id" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "files" JSONB NOT NULL,
    "report" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "contract_audits_pkey" PRIMARY KEY ("id")
);

CREATE INDEX "contract_audits_user_id_created_at_id_idx" ON "contract_audits"("user_id", "created_at", "id");

ALTER TABLE "contract_audits" ADD CONSTRAINT "contract_audits_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

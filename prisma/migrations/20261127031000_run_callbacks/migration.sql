ALTER TABLE "trigger_deliveries" ALTER COLUMN "trigger_id" DROP NOT NULL;
ALTER TABLE "trigger_deliveries" ADD COLUMN "user_id" TEXT;
ALTER TABLE "trigger_deliveries" ADD COLUMN "url" TEXT;

CREATE TABLE "callback_secrets" (
  "user_id" TEXT NOT NULL,
  "secret" TEXT NOT NULL,
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

  CONSTRAINT "callback_secrets_pkey" PRIMARY KEY ("user_id")
);

CREATE INDEX "trigger_deliveries_user_id_created_at_id_idx" ON "trigger_deliveries"("user_id", "created_at", "id");

ALTER TABLE "trigger_deliveries" ADD CONSTRAINT "trigger_deliveries_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "callback_secrets" ADD CONSTRAINT "callback_secrets_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "saved_queries" ADD COLUMN "engine" TEXT NOT NULL DEFAULT 'duckdb';
ALTER TABLE "saved_queries" ADD COLUMN "is_archived" BOOLEAN NOT NULL DEFAULT false;
ALTER TABLE "executions" ADD COLUMN "engine" TEXT NOT NULL DEFAULT 'duckdb';
ALTER TABLE "executions" ADD COLUMN "credits" TEXT;

CREATE TABLE "dune_keys" (
    "owner_id" TEXT NOT NULL,
    "secret" TEXT NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "dune_keys_pkey" PRIMARY KEY ("owner_id")
);

ALTER TABLE "dune_keys" ADD CONSTRAINT "dune_keys_owner_id_fkey" FOREIGN KEY ("owner_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

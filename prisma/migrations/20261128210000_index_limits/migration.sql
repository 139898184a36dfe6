ALTER TABLE "chain_indexes"
    ADD COLUMN "only_contracts" BOOLEAN NOT NULL DEFAULT false,
    ADD COLUMN "maximum_rows" BIGINT,
    ADD COLUMN "maximum_bytes" BIGINT;

-- A chain may have several indexes, each under a schema of its own.
DROP INDEX "chain_indexes_chain_id_key";

CREATE UNIQUE INDEX "chain_indexes_schema_key" ON "chain_indexes"("schema");

CREATE TABLE "chain_indexes" (
    "id" TEXT NOT NULL,
    "chain_id" BIGINT NOT NULL,
    "schema" TEXT NOT NULL,
    "from_block" BIGINT NOT NULL,
    "to_block" BIGINT,
    "parts" JSONB NOT NULL,
    "contracts" JSONB NOT NULL DEFAULT '[]',
    "state" TEXT NOT NULL,
    "next_block" BIGINT NOT NULL,
    "recent" JSONB NOT NULL DEFAULT '[]',
    "head_block" BIGINT,
    "final_block" BIGINT,
    "fault" JSONB,
    "missing_parts" JSONB NOT NULL DEFAULT '[]',
    "last_reorganisation" JSONB,
    "blocks_per_second" DOUBLE PRECISION,
    "logs_per_second" DOUBLE PRECISION,
    "lease_holder" TEXT,
    "lease_until" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "chain_indexes_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "index_segments" (
    "id" TEXT NOT NULL,
    "index_id" TEXT NOT NULL,
    "from_block" BIGINT NOT NULL,
    "to_block" BIGINT NOT NULL,
    "to_hash" TEXT NOT NULL,
    "sha256" TEXT NOT NULL,
    "size" BIGINT NOT NULL,
    "rows" JSONB NOT NULL,

    CONSTRAINT "index_segments_pkey" PRIMARY KEY ("id")
);

CREATE UNIQUE INDEX "chain_indexes_chain_id_key" ON "chain_indexes"("chain_id");

CREATE UNIQUE INDEX "index_segments_index_id_from_block_key" ON "index_segments"("index_id", "from_block");

CREATE INDEX "index_segments_sha256_idx" ON "index_segments"("sha256");

ALTER TABLE "index_segments" ADD CONSTRAINT "index_segments_index_id_fkey" FOREIGN KEY ("index_id") REFERENCES "chain_indexes"("id") ON DELETE CASCADE ON UPDATE CASCADE;

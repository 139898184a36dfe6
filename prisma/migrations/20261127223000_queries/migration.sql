CREATE TABLE "datasets" (
    "id" TEXT NOT NULL,
    "owner_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "file_name" TEXT NOT NULL,
    "format" TEXT NOT NULL,
    "source_sha256" TEXT NOT NULL,
    "source_size" INTEGER NOT NULL,
    "table_sha256" TEXT NOT NULL,
    "table_size" INTEGER NOT NULL,
    "rows" BIGINT NOT NULL,
    "columns" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "datasets_pkey" PRIMARY KEY ("id")
);

CREATE UNIQUE INDEX "datasets_owner_id_name_key" ON "datasets"("owner_id", "name");
CREATE INDEX "datasets_source_sha256_idx" ON "datasets"("source_sha256");
CREATE INDEX "datasets_table_sha256_idx" ON "datasets"("table_sha256");

ALTER TABLE "datasets" ADD CONSTRAINT "datasets_owner_id_fkey" FOREIGN KEY ("owner_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

CREATE TABLE "saved_queries" (
    "id" TEXT NOT NULL,
    "number" SERIAL NOT NULL,
    "owner_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "description" TEXT NOT NULL DEFAULT '',
    "access" TEXT NOT NULL DEFAULT 'private',
    "fork_of_id" TEXT,
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "saved_queries_pkey" PRIMARY KEY ("id")
);

CREATE UNIQUE INDEX "saved_queries_number_key" ON "saved_queries"("number");
CREATE INDEX "saved_queries_owner_id_updated_at_id_idx" ON "saved_queries"("owner_id", "updated_at", "id");
CREATE INDEX "saved_queries_access_updated_at_id_idx" ON "saved_queries"("access", "updated_at", "id");

ALTER TABLE "saved_queries" ADD CONSTRAINT "saved_queries_owner_id_fkey" FOREIGN KEY ("owner_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

CREATE TABLE "saved_query_versions" (
    "query_id" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "sql" TEXT NOT NULL,
    "parameters" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "saved_query_versions_pkey" PRIMARY KEY ("query_id", "version")
);

ALTER TABLE "saved_query_versions" ADD CONSTRAINT "saved_query_versions_query_id_fkey" FOREIGN KEY ("query_id") REFERENCES "saved_queries"("id") ON DELETE CASCADE ON UPDATE CASCADE;

CREATE TABLE "executions" (
    "id" TEXT NOT NULL,
    "owner_id" TEXT NOT NULL,
    "api_key_id" TEXT,
    "query_id" TEXT,
    "query_version" INTEGER,
    "sql" TEXT NOT NULL,
    "parameters" JSONB NOT NULL,
    "state" TEXT NOT NULL,
    "reads" JSONB NOT NULL DEFAULT '[]',
    "columns" JSONB NOT NULL DEFAULT '[]',
    "rows" INTEGER NOT NULL DEFAULT 0,
    "is_cut" BOOLEAN NOT NULL DEFAULT false,
    "size" INTEGER NOT NULL DEFAULT 0,
    "result_sha256" TEXT,
    "fault" JSONB,
    "started_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "ended_at" TIMESTAMPTZ(3),
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "executions_pkey" PRIMARY KEY ("id")
);

CREATE INDEX "executions_owner_id_started_at_id_idx" ON "executions"("owner_id", "started_at", "id");
CREATE INDEX "executions_query_id_owner_id_started_at_idx" ON "executions"("query_id", "owner_id", "started_at");
CREATE INDEX "executions_expires_at_idx" ON "executions"("expires_at");
CREATE INDEX "executions_result_sha256_idx" ON "executions"("result_sha256");

ALTER TABLE "executions" ADD CONSTRAINT "executions_owner_id_fkey" FOREIGN KEY ("owner_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

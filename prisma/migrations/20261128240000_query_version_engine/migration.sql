ALTER TABLE "saved_query_versions" ADD COLUMN "engine" TEXT NOT NULL DEFAULT 'duckdb';

-- Which engine an earlier version had was never kept: each takes the one that its query has now.
UPDATE "saved_query_versions" AS version SET "engine" = query."engine"
FROM "saved_queries" AS query
WHERE query."id" = version."query_id" AND query."engine" <> 'duckdb';

CREATE TABLE "dashboards" (
    "id" TEXT NOT NULL,
    "owner_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "description" TEXT NOT NULL DEFAULT '',
    "access" TEXT NOT NULL DEFAULT 'private',
    "link" TEXT,
    "revision" INTEGER NOT NULL DEFAULT 1,
    "content" JSONB NOT NULL,
    "schedule" JSONB,
    "next_refresh_at" TIMESTAMPTZ(3),
    "refreshing_until" TIMESTAMPTZ(3),
    "refreshed_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "dashboards_pkey" PRIMARY KEY ("id")
);

CREATE UNIQUE INDEX "dashboards_link_key" ON "dashboards"("link");
CREATE INDEX "dashboards_owner_id_updated_at_id_idx" ON "dashboards"("owner_id", "updated_at", "id");
CREATE INDEX "dashboards_access_updated_at_id_idx" ON "dashboards"("access", "updated_at", "id");
CREATE INDEX "dashboards_next_refresh_at_idx" ON "dashboards"("next_refresh_at");

ALTER TABLE "dashboards" ADD CONSTRAINT "dashboards_owner_id_fkey" FOREIGN KEY ("owner_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

CREATE TABLE "dashboard_results" (
    "dashboard_id" TEXT NOT NULL,
    "widget_id" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "content" JSONB NOT NULL,
    "ran_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "dashboard_results_pkey" PRIMARY KEY ("dashboard_id", "widget_id", "key")
);

CREATE INDEX "dashboard_results_dashboard_id_ran_at_idx" ON "dashboard_results"("dashboard_id", "ran_at");

ALTER TABLE "dashboard_results" ADD CONSTRAINT "dashboard_results_dashboard_id_fkey" FOREIGN KEY ("dashboard_id") REFERENCES "dashboards"("id") ON DELETE CASCADE ON UPDATE CASCADE;

CREATE TABLE "saved_query_charts" (
    "id" TEXT NOT NULL,
    "query_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "view" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "saved_query_charts_pkey" PRIMARY KEY ("id")
);

CREATE INDEX "saved_query_charts_query_id_created_at_idx" ON "saved_query_charts"("query_id", "created_at");

ALTER TABLE "saved_query_charts" ADD CONSTRAINT "saved_query_charts_query_id_fkey" FOREIGN KEY ("query_id") REFERENCES "saved_queries"("id") ON DELETE CASCADE ON UPDATE CASCADE;

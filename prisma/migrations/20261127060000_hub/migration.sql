ALTER TABLE "agents" ADD COLUMN "licence" TEXT NOT NULL DEFAULT 'all-rights-reserved';
ALTER TABLE "agents" ADD COLUMN "published_at" TIMESTAMPTZ(3);
ALTER TABLE "agents" ADD COLUMN "hub_decision" TEXT;
ALTER TABLE "agents" ADD COLUMN "hub_reason" TEXT NOT NULL DEFAULT '';
ALTER TABLE "agents" ADD COLUMN "featured_position" INTEGER;
ALTER TABLE "agents" ADD COLUMN "recent_people" INTEGER NOT NULL DEFAULT 0;
ALTER TABLE "agents" ADD COLUMN "recent_runs" INTEGER NOT NULL DEFAULT 0;
ALTER TABLE "agents" ADD COLUMN "rating_count" INTEGER NOT NULL DEFAULT 0;
ALTER TABLE "agents" ADD COLUMN "rating_sum" INTEGER NOT NULL DEFAULT 0;
ALTER TABLE "agents" ADD COLUMN "rating_score" DOUBLE PRECISION NOT NULL DEFAULT 0;

UPDATE "agents" SET "published_at" = v."created_at"
  FROM "agent_versions" v WHERE v."agent_id" = "agents"."id" AND v."version" = "agents"."published_version";

CREATE TABLE "hub_reviews" (
  "id" TEXT NOT NULL,
  "agent_id" TEXT NOT NULL,
  "user_id" TEXT NOT NULL,
  "stars" INTEGER NOT NULL,
  "text" TEXT NOT NULL DEFAULT '',
  "version" INTEGER NOT NULL,
  "answer" TEXT,
  "answered_at" TIMESTAMPTZ(3),
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

  CONSTRAINT "hub_reviews_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "hub_favourites" (
  "user_id" TEXT NOT NULL,
  "agent_id" TEXT NOT NULL,
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

  CONSTRAINT "hub_favourites_pkey" PRIMARY KEY ("user_id", "agent_id")
);

CREATE TABLE "hub_reports" (
  "id" TEXT NOT NULL,
  "agent_id" TEXT NOT NULL,
  "user_id" TEXT NOT NULL,
  "reason" TEXT NOT NULL,
  "text" TEXT NOT NULL DEFAULT '',
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "resolved_at" TIMESTAMPTZ(3),

  CONSTRAINT "hub_reports_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "hub_categories" (
  "slug" TEXT NOT NULL,
  "name_en" TEXT NOT NULL,
  "name_zh" TEXT NOT NULL,
  "hidden" BOOLEAN NOT NULL DEFAULT false,
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

  CONSTRAINT "hub_categories_pkey" PRIMARY KEY ("slug")
);

CREATE INDEX "agents_visibility_recent_people_recent_runs_id_idx" ON "agents"("visibility", "recent_people", "recent_runs", "id");
CREATE INDEX "agents_visibility_rating_score_id_idx" ON "agents"("visibility", "rating_score", "id");
CREATE INDEX "agents_visibility_published_at_id_idx" ON "agents"("visibility", "published_at", "id");
CREATE INDEX "agents_featured_position_idx" ON "agents"("featured_position");
CREATE INDEX "agents_updated_at_idx" ON "agents"("updated_at");
CREATE INDEX "agents_origin_id_idx" ON "agents"("origin_id");
CREATE UNIQUE INDEX "hub_reviews_agent_id_user_id_key" ON "hub_reviews"("agent_id", "user_id");
CREATE INDEX "hub_reviews_agent_id_updated_at_id_idx" ON "hub_reviews"("agent_id", "updated_at", "id");
CREATE INDEX "hub_reviews_user_id_idx" ON "hub_reviews"("user_id");
CREATE INDEX "hub_favourites_user_id_created_at_agent_id_idx" ON "hub_favourites"("user_id", "created_at", "agent_id");
CREATE INDEX "hub_favourites_agent_id_idx" ON "hub_favourites"("agent_id");
CREATE UNIQUE INDEX "hub_reports_agent_id_user_id_key" ON "hub_reports"("agent_id", "user_id");
CREATE INDEX "hub_reports_resolved_at_created_at_id_idx" ON "hub_reports"("resolved_at", "created_at", "id");
CREATE INDEX "hub_reports_user_id_idx" ON "hub_reports"("user_id");

ALTER TABLE "hub_reviews" ADD CONSTRAINT "hub_reviews_agent_id_fkey" FOREIGN KEY ("agent_id") REFERENCES "agents"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "hub_reviews" ADD CONSTRAINT "hub_reviews_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "hub_favourites" ADD CONSTRAINT "hub_favourites_agent_id_fkey" FOREIGN KEY ("agent_id") REFERENCES "agents"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "hub_favourites" ADD CONSTRAINT "hub_favourites_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "hub_reports" ADD CONSTRAINT "hub_reports_agent_id_fkey" FOREIGN KEY ("agent_id") REFERENCES "agents"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "hub_reports" ADD CONSTRAINT "hub_reports_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

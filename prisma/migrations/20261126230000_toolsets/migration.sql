CREATE TABLE "toolsets" (
  "id" TEXT NOT NULL,
  "owner_id" TEXT NOT NULL,
  "slug" TEXT NOT NULL,
  "name" TEXT NOT NULL,
  "kind" TEXT NOT NULL,
  "description" TEXT NOT NULL DEFAULT '',
  "source_url" TEXT,
  "command" TEXT,
  "server_url" TEXT,
  "credential" JSONB NOT NULL,
  "secret" TEXT,
  "grant" TEXT,
  "sign_in_state" TEXT,
  "skipped" JSONB NOT NULL DEFAULT '[]',
  "problem" TEXT,
  "needs_sign_in" BOOLEAN NOT NULL DEFAULT false,
  "loaded_at" TIMESTAMPTZ(3),
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

  CONSTRAINT "toolsets_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "toolset_tools" (
  "toolset_id" TEXT NOT NULL,
  "name" TEXT NOT NULL,
  "position" INTEGER NOT NULL,
  "is_enabled" BOOLEAN NOT NULL,
  "definition" JSONB NOT NULL,

  CONSTRAINT "toolset_tools_pkey" PRIMARY KEY ("toolset_id", "name")
);

CREATE UNIQUE INDEX "toolsets_owner_id_slug_key" ON "toolsets"("owner_id", "slug");
CREATE INDEX "toolsets_owner_id_created_at_id_idx" ON "toolsets"("owner_id", "created_at", "id");

ALTER TABLE "toolsets" ADD CONSTRAINT "toolsets_owner_id_fkey" FOREIGN KEY ("owner_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "toolset_tools" ADD CONSTRAINT "toolset_tools_toolset_id_fkey" FOREIGN KEY ("toolset_id") REFERENCES "toolsets"("id") ON DELETE CASCADE ON UPDATE CASCADE;

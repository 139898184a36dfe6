CREATE TABLE "conversation_folders" (
  "id" TEXT PRIMARY KEY,
  "user_id" TEXT NOT NULL REFERENCES "users" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
  "name" TEXT NOT NULL,
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP
);
CREATE INDEX "conversation_folders_user_id_name_id_idx" ON "conversation_folders" ("user_id", "name", "id");

ALTER TABLE "conversations"
  ADD COLUMN "folder_id" TEXT REFERENCES "conversation_folders" ("id") ON DELETE SET NULL ON UPDATE CASCADE,
  ADD COLUMN "is_pinned" BOOLEAN NOT NULL DEFAULT false,
  ADD COLUMN "is_archived" BOOLEAN NOT NULL DEFAULT false,
  ADD COLUMN "is_titled" BOOLEAN NOT NULL DEFAULT false;
CREATE INDEX "conversations_folder_id_idx" ON "conversations" ("folder_id");

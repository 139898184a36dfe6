ALTER TABLE "toolsets" ADD COLUMN "credential_hints" JSONB NOT NULL DEFAULT '[]';

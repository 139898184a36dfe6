CREATE TABLE "audit" (
  "id" TEXT NOT NULL,
  "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "kind" TEXT NOT NULL,
  "actor_id" TEXT,
  "actor_name" TEXT NOT NULL DEFAULT '',
  "api_key_id" TEXT,
  "target_id" TEXT,
  "target_name" TEXT,
  "detail" JSONB NOT NULL DEFAULT '{}',
  "address" TEXT,

  CONSTRAINT "audit_pkey" PRIMARY KEY ("id")
);

CREATE INDEX "audit_at_id_idx" ON "audit"("at", "id");
CREATE INDEX "audit_actor_id_at_id_idx" ON "audit"("actor_id", "at", "id");
CREATE INDEX "audit_kind_at_id_idx" ON "audit"("kind", "at", "id");

CREATE FUNCTION "refuse_audit_change"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'the audit is only added to';
END
$$;
CREATE TRIGGER "audit_is_only_added_to" BEFORE UPDATE OR DELETE OR TRUNCATE ON "audit"
  FOR EACH STATEMENT EXECUTE FUNCTION "refuse_audit_change"();

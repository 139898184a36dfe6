ALTER TABLE "connections" ADD COLUMN "owner_id" TEXT;

CREATE INDEX "connections_owner_id_idx" ON "connections"("owner_id");

ALTER TABLE "connections" ADD CONSTRAINT "connections_owner_id_fkey" FOREIGN KEY ("owner_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

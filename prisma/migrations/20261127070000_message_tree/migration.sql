ALTER TABLE "messages" ADD COLUMN "parent_id" TEXT;
UPDATE "messages" SET "parent_id" = earlier."id"
FROM (SELECT "id" AS "message", lag("id") OVER (PARTITION BY "conversation_id" ORDER BY "id") AS "id" FROM "messages") AS earlier
WHERE "messages"."id" = earlier."message" AND earlier."id" IS NOT NULL;
CREATE INDEX "messages_conversation_id_parent_id_id_idx" ON "messages" ("conversation_id", "parent_id", "id");

ALTER TABLE "conversations" ADD COLUMN "leaf_message_id" TEXT, ADD COLUMN "forked_from_id" TEXT;
UPDATE "conversations" SET "leaf_message_id" = newest."id"
FROM (SELECT "conversation_id", max("id") AS "id" FROM "messages" GROUP BY "conversation_id") AS newest
WHERE "conversations"."id" = newest."conversation_id";

ALTER TABLE "runs" ADD COLUMN "question_id" TEXT;
UPDATE "runs" SET "question_id" = asked."id"
FROM (SELECT "run_id", max("id") AS "id" FROM "messages" WHERE "role" = 'user' AND "run_id" IS NOT NULL GROUP BY "run_id") AS asked
WHERE "runs"."id" = asked."run_id";

-- A summary belongs to the message that it reaches, so that each branch has its own.
ALTER TABLE "conversation_summaries" DROP CONSTRAINT "conversation_summaries_pkey";
ALTER TABLE "conversation_summaries" ADD PRIMARY KEY ("through_message_id");
CREATE INDEX "conversation_summaries_conversation_id_idx" ON "conversation_summaries" ("conversation_id");

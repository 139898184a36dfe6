CREATE TABLE "conversation_news" (
  "id" TEXT NOT NULL,
  "user_id" TEXT NOT NULL,
  "instance_id" TEXT NOT NULL,
  "content" JSONB NOT NULL,
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT "conversation_news_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "conversation_news_created_at_idx" ON "conversation_news" ("created_at");

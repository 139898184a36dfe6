-- CreateTable
CREATE TABLE "draft_talks" (
    "agent_id" TEXT NOT NULL,
    "user_id" TEXT NOT NULL,
    "conversation_id" TEXT NOT NULL,

    CONSTRAINT "draft_talks_pkey" PRIMARY KEY ("agent_id","user_id")
);

-- CreateTable
CREATE TABLE "proposal_decisions" (
    "conversation_id" TEXT NOT NULL,
    "proposal" TEXT NOT NULL,
    "applied" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "discarded" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "decided_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "proposal_decisions_pkey" PRIMARY KEY ("conversation_id","proposal")
);

-- CreateIndex
CREATE UNIQUE INDEX "draft_talks_conversation_id_key" ON "draft_talks"("conversation_id");

-- CreateIndex
CREATE INDEX "draft_talks_user_id_idx" ON "draft_talks"("user_id");

-- AddForeignKey
ALTER TABLE "draft_talks" ADD CONSTRAINT "draft_talks_agent_id_fkey" FOREIGN KEY ("agent_id") REFERENCES "agents"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "draft_talks" ADD CONSTRAINT "draft_talks_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "draft_talks" ADD CONSTRAINT "draft_talks_conversation_id_fkey" FOREIGN KEY ("conversation_id") REFERENCES "conversations"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "proposal_decisions" ADD CONSTRAINT "proposal_decisions_conversation_id_fkey" FOREIGN KEY ("conversation_id") REFERENCES "draft_talks"("conversation_id") ON DELETE CASCADE ON UPDATE CASCADE;

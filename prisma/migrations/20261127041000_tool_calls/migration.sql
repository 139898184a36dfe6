-- CreateTable
CREATE TABLE "tool_calls" (
    "id" TEXT NOT NULL,
    "user_id" TEXT NOT NULL,
    "api_key_id" TEXT,
    "tool" TEXT NOT NULL,
    "called_at" TIMESTAMPTZ(3) NOT NULL,
    "input_tokens" INTEGER NOT NULL,
    "output_tokens" INTEGER NOT NULL,
    "cached_input_tokens" INTEGER NOT NULL,
    "reasoning_tokens" INTEGER NOT NULL,
    "cost_usd" DECIMAL(18,9),

    CONSTRAINT "tool_calls_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "tool_calls_user_id_called_at_idx" ON "tool_calls"("user_id", "called_at");

-- CreateIndex
CREATE INDEX "tool_calls_api_key_id_called_at_idx" ON "tool_calls"("api_key_id", "called_at");

-- CreateIndex
CREATE INDEX "tool_calls_called_at_idx" ON "tool_calls"("called_at");

CREATE TABLE "chains" (
    "id" BIGINT NOT NULL,
    "slug" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "explorer_url" TEXT NOT NULL,
    "currency_name" TEXT NOT NULL,
    "currency_symbol" TEXT NOT NULL,
    "currency_decimals" INTEGER NOT NULL,
    "has_multicall" BOOLEAN NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "chains_pkey" PRIMARY KEY ("id")
);

CREATE UNIQUE INDEX "chains_slug_key" ON "chains"("slug");

CREATE TABLE "chain_endpoints" (
    "id" TEXT NOT NULL,
    "chain_id" BIGINT NOT NULL,
    "secret" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "chain_endpoints_pkey" PRIMARY KEY ("id")
);

CREATE INDEX "chain_endpoints_chain_id_idx" ON "chain_endpoints"("chain_id");

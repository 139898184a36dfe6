ALTER TABLE "model_prices" ADD COLUMN "unit" TEXT NOT NULL DEFAULT 'tokens';

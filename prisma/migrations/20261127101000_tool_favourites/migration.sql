CREATE TABLE "tool_favourites" (
    "user_id" TEXT NOT NULL,
    "tool" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "tool_favourites_pkey" PRIMARY KEY ("user_id", "tool")
);
ALTER TABLE "tool_favourites" ADD CONSTRAINT "tool_favourites_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

CREATE INDEX "runs_agent_id_version_started_at_idx" ON "runs" ("agent_id", "version", "started_at");

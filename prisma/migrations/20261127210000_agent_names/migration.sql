ALTER TABLE "agents" ADD COLUMN "translated_names" JSONB NOT NULL DEFAULT '{}';

UPDATE "agents" a
   SET "translated_names" = n.names
  FROM (SELECT f.id, jsonb_object_agg(t.key, jsonb_build_object('name', t.value->'name')) AS names
          FROM (SELECT b.id, coalesce(v.definition, b.draft)->'translations' AS translations
                  FROM "agents" b
                  LEFT JOIN "agent_versions" v ON v.agent_id = b.id AND v.version = b.published_version) AS f
         CROSS JOIN LATERAL jsonb_each(CASE WHEN jsonb_typeof(f.translations) = 'object' THEN f.translations
                                            ELSE '{}' END) AS t
         WHERE t.value->>'name' <> ''
         GROUP BY f.id) AS n
 WHERE a.id = n.id;

import { z } from 'zod';
import { SqlEngineName } from '#server/contract/sql-engine.ts';
import { SqlParameter } from '#server/contract/sql.ts';
import { tokenise } from '#server/runtime/models/offline-planner/tokenise.ts';
import { rankTexts } from '#server/runtime/rank-texts.ts';
import { requireData } from './require-data.ts';
import { defineTool } from './tool.ts';

const mostFound = 12;
/** What people say of any query that they look for. */
const asking =
  /\b(?:saved?|shared|quer(?:y|ies)|find|list|run|open|execute|named|called)\b|已?保存(?:好|过|下来)?|共享|查询|运行|执行|打开|查找|显示|列出|有?哪些|有什么|关于|所有|全部|名为/gi;

const Input = z.strictObject({
  words: z
    .string()
    .max(200)
    .default('')
    .describe('What the query is about, in the words of its name or description. Leave it out to list all.'),
});

/** A saved query as a search for it tells of it. */
export const FoundQuery = z.object({
  number: z.number(),
  name: z.string(),
  description: z.string(),
  owner: z.string(),
  /** Whether the person saved it; else somebody showed it to everybody on the hub. */
  isOwn: z.boolean(),
  engine: SqlEngineName,
  sql: z.string(),
  parameters: z.array(SqlParameter.pick({ name: true, type: true, value: true })),
});
export type FoundQuery = z.infer<typeof FoundQuery>;

const Output = z.object({ queries: z.array(FoundQuery), note: z.string() });

/** Saved queries by what they are about: the person's own, and those that everybody on the hub sees. */
export function createFindQueriesTool() {
  return defineTool({
    id: 'find-queries',
    title: { en: 'Find saved queries', zh: '查找已保存的查询' },
    description: {
      en: "Finds saved queries by words of their names and descriptions: the person's own and those shared on the hub, with their SQL, for run-sql. Look here before you write SQL that somebody may have saved.",
      zh: '按名称和描述中的词查找已保存的查询（本人的和中枢上共享的），返回其 SQL，可交给 run-sql 运行。',
    },
    category: 'data',
    effect: 'read',
    untrusted: true,
    input: Input,
    output: Output,
    timeoutMs: 20_000,
    maximumResultBytes: 32_000,
    intent: ({ words }, language) => {
      if (words === '') return language === 'zh' ? '查看已保存的查询' : 'Looking at the saved queries';
      return language === 'zh' ? `查找已保存的查询：${words}` : `Looking for saved queries: ${words}`;
    },
    run: async ({ words }, context) => {
      const all = await requireData(context).listQueries();
      const asked = words.replaceAll(asking, ' ');
      const queries = findBest(all, asked).slice(0, mostFound);
      const note =
        queries.length === 0
          ? 'No saved query fits. They are saved on the page "Queries".'
          : 'The best fit is first. Run one with its SQL and values for its parameters.';
      return { output: { queries, note } };
    },
  });
}

/** Words that tell nothing (“my saved queries”, 我保存的查询) leave all, in the order in which they came. */
const findBest = (queries: FoundQuery[], asked: string): FoundQuery[] =>
  tokenise(asked).length === 0
    ? queries
    : rankTexts(queries, asked, ({ name, description, sql }) => ({ title: name, text: description, aside: sql }));

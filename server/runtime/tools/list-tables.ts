import { z } from 'zod';
import { HubError } from '#server/hub-error.ts';
import { SqlColumn } from '#server/contract/sql.ts';
import { requireData } from './require-data.ts';
import { defineTool } from './tool.ts';

const Input = z.strictObject({
  name: z.string().max(200).optional().describe('The name of one table, to see its columns. Leave it out to list all.'),
});
const Output = z.object({
  tables: z.array(
    z.object({
      name: z.string(),
      description: z.string(),
      rows: z.number().nullable(),
      columns: z.array(SqlColumn),
    }),
  ),
  note: z.string(),
});

/** Columns are listed beside the tables while these are few enough to be read. */
const mostDescribed = 12;

/** The tables that the person's queries can read, and what is in them. */
export function createListTablesTool() {
  return defineTool({
    id: 'list-tables',
    title: { en: 'List tables', zh: '列出数据表' },
    description: {
      en: "Lists the person's tables that run-sql can read, with the names and types of their columns. Call it before you write SQL.",
      zh: '列出用户可用 SQL 查询的数据表及其列名和类型。写 SQL 之前先调用。',
    },
    category: 'data',
    effect: 'read',
    untrusted: true,
    input: Input,
    output: Output,
    timeoutMs: 20_000,
    maximumResultBytes: 32_000,
    intent: ({ name }, language) => {
      if (name === undefined) return language === 'zh' ? '查看数据表' : 'Looking at the tables';
      return language === 'zh' ? `查看数据表 ${name}` : `Looking at the table ${name}`;
    },
    run: async ({ name: asked }, context) => {
      const found = await requireData(context).listTables();
      const wanted =
        asked === undefined ? found : found.filter(({ name }) => name.toLowerCase() === asked.toLowerCase());
      if (wanted.length === 0 && asked !== undefined) {
        const names = found.map(({ name }) => name).join(', ');
        throw new HubError('not_found', `There is no table "${asked}". There are: ${names || 'none'}.`);
      }
      const isLong = wanted.length > mostDescribed;
      return {
        output: {
          tables: wanted.map(({ name, description, rows, columns }) => ({
            name,
            description,
            rows,
            columns: isLong ? [] : columns,
          })),
          note: toNote(wanted.length, isLong),
        },
      };
    },
  });
}

function toNote(count: number, isLong: boolean): string {
  if (count === 0) return 'The person has no tables yet. They bring files on the page "Data".';
  return isLong ? 'Name one table to see its columns.' : "The SQL is DuckDB's.";
}

import { z } from 'zod';
import { HubError } from '#server/hub-error.ts';
import { type QueryTable, TableDetails, WrongChecksums } from '#server/contract/dataset.ts';
import { SqlColumn } from '#server/contract/sql.ts';
import { requireData } from './require-data.ts';
import { defineTool } from './tool.ts';

const Input = z.strictObject({
  name: z
    .string()
    .max(200)
    .optional()
    .describe('The name of one table, to see what is in it: ranges, values, samples. Leave it out to list all.'),
});
const Output = z.object({
  tables: z.array(
    z.object({
      name: z.string(),
      description: z.string(),
      rows: z.number().nullable(),
      columns: z.array(SqlColumn),
      wrongChecksums: z.array(WrongChecksums).optional(),
      ...TableDetails.partial().shape,
    }),
  ),
  note: z.string(),
});
type Listed = z.output<typeof Output>['tables'][number];

/** Columns are listed beside the tables while they are few enough to be read. */
const mostColumns = 400;

/** The tables that the person's queries can read, and what is in them. */
export function createListTablesTool() {
  return defineTool({
    id: 'list-tables',
    title: { en: 'List tables', zh: '列出数据表' },
    description: {
      en: "Lists the person's tables that run-sql can read, with the names and types of their columns; with a name, describes one table: ranges, empty cells, values, sample rows. Call it before you write SQL.",
      zh: '列出用户可用 SQL 查询的数据表及其列名和类型；给出表名时描述该表：取值范围、空值、取值和样例行。写 SQL 之前先调用。',
    },
    category: 'data',
    effect: 'read',
    untrusted: true,
    input: Input,
    output: Output,
    timeoutMs: 60_000,
    maximumResultBytes: 32_000,
    intent: ({ name }, language) => {
      if (name === undefined) return language === 'zh' ? '查看数据表' : 'Looking at the tables';
      return language === 'zh' ? `查看数据表 ${name}` : `Looking at the table ${name}`;
    },
    run: async ({ name: asked }, context) => {
      const data = requireData(context);
      const found = await data.listTables();
      if (asked === undefined) return answer(found, context.language);
      const wanted = found.find(({ name }) => name.toLowerCase() === asked.toLowerCase());
      if (wanted !== undefined)
        return answer([await data.describeTable(wanted.name, context.signal)], context.language);
      const names = found.map(({ name }) => name).join(', ');
      throw new HubError('not_found', {
        en: `There is no table "${asked}". There are: ${names || 'none'}.`,
        zh: `没有数据表“${asked}”。现有：${names || '暂无'}。`,
      });
    },
  });
}

function answer(found: (QueryTable & Partial<TableDetails>)[], language: 'en' | 'zh') {
  const isLong = found.reduce((sum, { columns }) => sum + columns.length, 0) > mostColumns;
  const tables = found.map(({ datasetId: _id, descriptionWords: words, ...table }) => ({
    ...table,
    description: words?.[language] ?? table.description,
    columns: isLong ? [] : table.columns,
  }));
  const note = toNote(found.length, isLong);
  return { output: { tables, note }, text: toText(tables, note) };
}

/** The same in fewer words: a model reads it with every question. */
function toText(tables: Listed[], note: string): string {
  const lines = tables.map(({ name, description, rows, columns, wrongChecksums, details, samples, isSampled }) =>
    JSON.stringify({
      name,
      ...(description === '' ? {} : { description }),
      rows,
      columns: columns.map(({ name: column, type }) => [column, type]),
      ...(wrongChecksums === undefined ? {} : { addressesWithWrongChecksums: wrongChecksums }),
      ...(details === undefined ? {} : { details: details.map(toShortDetail), samples, isSampled }),
    }),
  );
  return `{"tables":[\n${lines.join(',\n')}\n],"note":${JSON.stringify(note)}}`;
}

function toShortDetail({ name, min, max, empty, distinct, values }: TableDetails['details'][number]) {
  const range = values.length > 0 ? { values } : { min, max };
  return { name, ...range, distinct, ...(empty === 0 ? {} : { empty }) };
}

function toNote(count: number, isLong: boolean): string {
  if (count === 0) return 'The person has no tables yet. They bring files on the page "Data".';
  return isLong ? 'Name one table to see its columns.' : "The SQL is DuckDB's. Name one table to see what is in it.";
}

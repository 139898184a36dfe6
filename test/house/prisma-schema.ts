import { readSource, sourceFiles } from './source-files.ts';

export type TableShape = {
  /** `name type null|not-null default`, by name. */
  columns: string[];
  /** `primary|unique|index (columns)`. */
  indexes: string[];
  /** `column -> table on delete action`. */
  references: string[];
};

const schema = sourceFiles
  .filter((path) => path.endsWith('.prisma'))
  .map(readSource)
  .join('\n')
  .replace(/^\s*\/\/.*$/gm, '');

const models = [...schema.matchAll(/^model (\w+) \{(.*?)^\}/gms)].map(([, name = '', body = '']) => ({
  name,
  table: /@@map\("(\w+)"\)/.exec(body)?.[1] ?? name,
  lines: body.split('\n').map((line) => line.trim()),
}));
const tableOf = new Map(models.map(({ name, table }) => [name, table]));

const plainTypes: Record<string, string> = {
  String: 'text',
  Boolean: 'boolean',
  Int: 'integer',
  BigInt: 'bigint',
  Float: 'double precision',
  Json: 'jsonb',
  Bytes: 'bytea',
};

type Field = { name: string; column: string; type: string; mark: string; attributes: string };

function toFields(lines: string[]): Field[] {
  return lines.flatMap((line) => {
    const [, name, type, mark = '', attributes = ''] = /^(\w+)\s+(\w+)(\[\]|\?)?\s*(.*)$/.exec(line) ?? [];
    if (name === undefined || type === undefined) return [];
    return [{ name, type, mark, attributes, column: /(?<!@)@map\("(\w+)"\)/.exec(attributes)?.[1] ?? name }];
  });
}

function toColumnType({ type, attributes }: Field): string {
  const [, native, size = ''] = /@db\.(\w+)(?:\(([^)]*)\))?/.exec(attributes) ?? [];
  if (native === 'Timestamptz') return `timestamp(${size}) with time zone`;
  if (native === 'Decimal') return `numeric(${size.replaceAll(' ', '')})`;
  const plain = plainTypes[type];
  if (plain === undefined || native !== undefined)
    throw new Error(`The house test does not know ${type} ${attributes}`);
  return plain;
}

function toDefault({ type, mark, attributes, column }: Field, table: string): string {
  const [, value] = /@default\(((?:[^()]|\(\))*)\)/.exec(attributes) ?? [];
  if (value === undefined) return 'none';
  if (value === 'now()') return 'CURRENT_TIMESTAMP';
  if (value === 'autoincrement()') return `nextval('${table}_${column}_seq'::regclass)`;
  if (value === '[]') return `ARRAY[]::${plainTypes[type]}${mark}`;
  if (value.startsWith('"')) return `'${value.slice(1, -1)}'::${plainTypes[type]}`;
  return value;
}

function toReference({ type, attributes }: Field, columns: Map<string, string>): string[] {
  const [, field] = /fields: \[(\w+)\]/.exec(attributes) ?? [];
  if (field === undefined) return [];
  const action = /onDelete: (\w+)/.exec(attributes)?.[1] ?? 'Restrict';
  return [`${columns.get(field)} -> ${tableOf.get(type)} on delete ${action}`];
}

/** What the tables must look like for the schema in prisma/schema, by table name. */
export function readExpectedTables(): Map<string, TableShape> {
  return new Map(
    models.map(({ table, lines }) => {
      const fields = toFields(lines);
      const columns = new Map(fields.map(({ name, column }) => [name, column]));
      const own = fields.filter(({ type }) => !tableOf.has(type));
      const named = (list: string) => list.split(',').map((name) => columns.get(name.trim()) ?? name);
      const kinds = { id: 'primary', unique: 'unique', index: 'index' } as const;
      const together = lines.flatMap((line) => {
        const [, kind, list] = /^@@(id|unique|index)\(\[([^\]]+)\]\)/.exec(line) ?? [];
        return kind === undefined || list === undefined
          ? []
          : [`${kinds[kind as keyof typeof kinds]} (${named(list).join(', ')})`];
      });
      const alone = own.flatMap(({ column, attributes }) => [
        ...(/(?<!@)@id\b/.test(attributes) ? [`primary (${column})`] : []),
        ...(/(?<!@)@unique\b/.test(attributes) ? [`unique (${column})`] : []),
      ]);
      const shape = {
        columns: own
          .map((field) => {
            const isList = field.mark === '[]';
            const type = `${toColumnType(field)}${isList ? '[]' : ''}`;
            return `${field.column} ${type} ${field.mark === '' ? 'not null' : 'null'} default ${toDefault(field, table)}`;
          })
          .sort(),
        indexes: [...together, ...alone].sort(),
        references: fields.flatMap((field) => toReference(field, columns)).sort(),
      };
      return [table, shape] as const;
    }),
  );
}

import { Eval, EvalNeed, mostEvals } from '#server/contract/eval.ts';
import type { LocalizedText } from '#server/contract/localized-text.ts';
import { toSaidIssues } from '#server/issue-words.ts';
import type { HubIssue } from '#server/hub-error.ts';
import { parseCsv } from './parse-csv.ts';

const plainColumns = [
  'name',
  'question',
  'needs',
  'contains',
  'excludes',
  'matches',
  'schema',
  'calls',
  'arguments',
  'avoids',
  'number',
  'tolerance',
  'cites',
  'makes',
  'rubric',
];
const variableColumn = /^variable:([a-z][a-z0-9_]{0,39})$/;
const longestName = 80;

/** The layout, for people who read the API's description. */
export const csvLayout =
  'CSV (RFC 4180) in UTF-8 with a header line. `question` is needed, and at least one check in each row: ' +
  '`contains` and `excludes` (several texts parted by `|`, one is enough), `matches` (a regular expression), ' +
  '`schema` (a JSON schema), `calls` (a tool) with `arguments` (a JSON object), `avoids` (a tool), ' +
  '`number` with `tolerance`, `cites` (an address, or `*` for any), `makes` (`image`, `chart` or `file`), ' +
  '`rubric` (for a model that judges). Also `name` (else the question’s beginning), `needs` ' +
  '(`model`, `web`, `chain`, `images`, `devnet`, parted by spaces), and `variable:<name>` for each variable.';

/** The evals of a CSV file, or every fault with its line. Pure. */
export function readEvalsCsv(text: string): { evals: Eval[]; problems: HubIssue[] } {
  const parsed = parseCsv(text);
  if ('unclosedLine' in parsed) {
    const message = {
      en: 'A quote that begins here never ends. Write a quote within quotes twice.',
      zh: '此处开始的引号没有结束。引号内的引号请写两次。',
    };
    return { evals: [], problems: [{ path: `line ${parsed.unclosedLine}`, message }] };
  }
  const [header, ...rows] = parsed.rows;
  const columns = (header?.cells ?? []).map((cell) => cell.trim().toLowerCase());
  const problems = findHeaderProblems(columns);
  if (problems.length > 0) return { evals: [], problems };
  if (rows.length === 0) {
    return { evals: [], problems: [{ path: 'line 2', message: { en: 'There is no question.', zh: '没有问题。' } }] };
  }
  if (rows.length > mostEvals) {
    const message = { en: `An agent has ${mostEvals} tests at most.`, zh: `一个智能体最多 ${mostEvals} 个测试。` };
    return { evals: [], problems: [{ path: `line ${rows[mostEvals]?.line ?? 1}`, message }] };
  }
  const evals: Eval[] = [];
  for (const { line, cells } of rows) {
    const at = (column: string, message: LocalizedText) => {
      problems.push({ path: `line ${line}${column === '' ? '' : `, ${column}`}`, message });
    };
    if (cells.length > columns.length) {
      at('', {
        en: `The header names ${columns.length} columns, but this row has ${cells.length}. Put texts with commas in quotes.`,
        zh: `表头有 ${columns.length} 列，但此行有 ${cells.length} 列。请给含逗号的文本加上引号。`,
      });
      continue;
    }
    const row = new Map(columns.map((column, place) => [column, cells[place]?.trim() ?? '']));
    const found = problems.length;
    const draft = toEval(row, at);
    if (problems.length > found) continue;
    const read = Eval.safeParse(draft);
    if (read.success) evals.push(read.data);
    else for (const { path, message } of toSaidIssues(read.error.issues)) at(toColumn(path.split('.'), draft), message);
  }
  return { evals, problems };
}

function findHeaderProblems(columns: string[]): HubIssue[] {
  const isKnown = (column: string) => plainColumns.includes(column) || variableColumn.test(column);
  const problems: HubIssue[] = columns
    .filter((column, place) => !isKnown(column) || columns.indexOf(column) !== place)
    .map((column) => ({
      path: 'line 1',
      message: isKnown(column)
        ? { en: `The column "${column}" is there twice.`, zh: `列“${column}”出现了两次。` }
        : {
            en: `There is no column "${column.slice(0, 60)}". Columns are ${plainColumns.join(', ')} and variable:<name>.`,
            zh: `没有列“${column.slice(0, 60)}”。可用的列有 ${plainColumns.join('、')} 和 variable:<名称>。`,
          },
    }));
  if (!columns.includes('question')) {
    const message = { en: 'The column "question" is missing.', zh: '缺少列“question”。' };
    problems.push({ path: 'line 1', message });
  }
  return problems;
}

type Report = (column: string, message: LocalizedText) => void;
type Check = { kind: string } & Record<string, unknown>;

function toEval(row: ReadonlyMap<string, string>, report: Report) {
  const get = (column: string) => row.get(column) ?? '';
  const question = get('question');
  if (question === '') report('question', { en: 'The question is missing.', zh: '缺少问题。' });
  const needs = get('needs').split(/\s+/).filter(Boolean);
  for (const need of needs) {
    if (!EvalNeed.safeParse(need).success) {
      const { options } = EvalNeed;
      report('needs', {
        en: `"${need}" is none of ${options.join(', ')}.`,
        zh: `“${need}”不是 ${options.join('、')} 之一。`,
      });
    }
  }
  const variables: Record<string, string> = {};
  for (const [column, value] of row) {
    const name = variableColumn.exec(column)?.[1];
    if (name !== undefined && value !== '') variables[name] = value;
  }
  const expect = toChecks(get, report);
  if (expect.length === 0) {
    report('', {
      en: 'The row has no check: fill in contains, number, rubric or another one.',
      zh: '此行没有检查项：请填写 contains、number、rubric 或其他检查。',
    });
  }
  return {
    name: get('name') || [...question.replaceAll(/\s+/g, ' ')].slice(0, longestName).join(''),
    needs,
    input: question,
    variables,
    expect,
  };
}

function toChecks(get: (column: string) => string, report: Report): Check[] {
  const checks: Check[] = [];
  const add = (column: string, toCheck: (value: string) => Check | null) => {
    const value = get(column);
    const check = value === '' ? null : toCheck(value);
    if (check !== null) checks.push(check);
  };
  const readNumber = (column: string, value: string): number => {
    const read = Number(value.replaceAll(',', ''));
    if (!Number.isFinite(read)) {
      report(column, { en: `"${value.slice(0, 40)}" is not a number.`, zh: `“${value.slice(0, 40)}”不是数字。` });
    }
    return read;
  };
  const readObject = (column: string, value: string): object => {
    try {
      const read: unknown = JSON.parse(value);
      if (typeof read === 'object' && read !== null && !Array.isArray(read)) return read;
    } catch {
      // Said below, like any other value that is no object.
    }
    report(column, { en: 'This is not a JSON object.', zh: '这不是 JSON 对象。' });
    return {};
  };
  const toTexts = (value: string) =>
    value
      .split('|')
      .map((text) => text.trim())
      .filter(Boolean);
  add('contains', (value) => ({ kind: 'contains', anyOf: toTexts(value) }));
  add('excludes', (value) => ({ kind: 'excludes', anyOf: toTexts(value) }));
  add('matches', (pattern) => ({ kind: 'matches', pattern }));
  add('schema', (value) => ({ kind: 'json-schema', schema: readObject('schema', value) }));
  add('calls', (tool) => {
    const given = get('arguments');
    return { kind: 'calls', tool, ...(given === '' ? {} : { arguments: readObject('arguments', given) }) };
  });
  if (get('arguments') !== '' && get('calls') === '') {
    report('arguments', { en: 'Name the tool in the column "calls".', zh: '请在列“calls”中填写工具。' });
  }
  add('avoids', (tool) => ({ kind: 'avoids', tool }));
  add('number', (value) => {
    const tolerance = get('tolerance');
    return {
      kind: 'number',
      value: readNumber('number', value),
      ...(tolerance === '' ? {} : { tolerance: readNumber('tolerance', tolerance) }),
    };
  });
  if (get('tolerance') !== '' && get('number') === '') {
    report('tolerance', { en: 'Fill in the column "number".', zh: '请填写列“number”。' });
  }
  add('cites', (value) => ({ kind: 'cites', ...(value === '*' ? {} : { url: value }) }));
  add('makes', (artifact) => ({ kind: 'makes', artifact }));
  add('rubric', (rubric) => ({ kind: 'judge', rubric }));
  return checks;
}

const columnsOfKinds: Record<string, string> = { 'json-schema': 'schema', judge: 'rubric' };

/** The column that an issue of the schema belongs to. */
function toColumn(path: readonly string[], { expect }: { expect: Check[] }): string {
  if (path[0] !== 'expect') return path[0] === 'input' ? 'question' : (path[0] ?? '');
  const kind = expect[Number(path[1])]?.kind ?? '';
  return columnsOfKinds[kind] ?? kind;
}

import { Eval, EvalNeed, mostEvals } from '#server/contract/eval.ts';
import type { ProblemIssue } from '#server/contract/problem.ts';
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
export function readEvalsCsv(text: string): { evals: Eval[]; problems: ProblemIssue[] } {
  const parsed = parseCsv(text);
  if ('unclosedLine' in parsed) {
    const message = 'A quote that begins here never ends. Write a quote within quotes twice.';
    return { evals: [], problems: [{ path: `line ${parsed.unclosedLine}`, message }] };
  }
  const [header, ...rows] = parsed.rows;
  const columns = (header?.cells ?? []).map((cell) => cell.trim().toLowerCase());
  const problems = findHeaderProblems(columns);
  if (problems.length > 0) return { evals: [], problems };
  if (rows.length === 0) return { evals: [], problems: [{ path: 'line 2', message: 'There is no question.' }] };
  if (rows.length > mostEvals) {
    const message = `An agent has ${mostEvals} tests at most.`;
    return { evals: [], problems: [{ path: `line ${rows[mostEvals]?.line ?? 1}`, message }] };
  }
  const evals: Eval[] = [];
  for (const { line, cells } of rows) {
    const at = (column: string, message: string) => {
      problems.push({ path: `line ${line}${column === '' ? '' : `, ${column}`}`, message });
    };
    if (cells.length > columns.length) {
      at(
        '',
        `The header names ${columns.length} columns, but this row has ${cells.length}. Put texts with commas in quotes.`,
      );
      continue;
    }
    const row = new Map(columns.map((column, place) => [column, cells[place]?.trim() ?? '']));
    const found = problems.length;
    const draft = toEval(row, at);
    if (problems.length > found) continue;
    const read = Eval.safeParse(draft);
    if (read.success) evals.push(read.data);
    else for (const { path, message } of read.error.issues) at(toColumn(path, draft), message);
  }
  return { evals, problems };
}

function findHeaderProblems(columns: string[]): ProblemIssue[] {
  const isKnown = (column: string) => plainColumns.includes(column) || variableColumn.test(column);
  const problems = columns
    .filter((column, place) => !isKnown(column) || columns.indexOf(column) !== place)
    .map((column) => ({
      path: 'line 1',
      message: isKnown(column)
        ? `The column "${column}" is there twice.`
        : `There is no column "${column.slice(0, 60)}". Columns are ${plainColumns.join(', ')} and variable:<name>.`,
    }));
  if (!columns.includes('question')) problems.push({ path: 'line 1', message: 'The column "question" is missing.' });
  return problems;
}

type Report = (column: string, message: string) => void;
type Check = { kind: string } & Record<string, unknown>;

function toEval(row: ReadonlyMap<string, string>, report: Report) {
  const get = (column: string) => row.get(column) ?? '';
  const question = get('question');
  if (question === '') report('question', 'The question is missing.');
  const needs = get('needs').split(/\s+/).filter(Boolean);
  for (const need of needs) {
    if (!EvalNeed.safeParse(need).success) report('needs', `"${need}" is none of ${EvalNeed.options.join(', ')}.`);
  }
  const variables: Record<string, string> = {};
  for (const [column, value] of row) {
    const name = variableColumn.exec(column)?.[1];
    if (name !== undefined && value !== '') variables[name] = value;
  }
  const expect = toChecks(get, report);
  if (expect.length === 0) report('', 'The row has no check: fill in contains, number, rubric or another one.');
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
    if (!Number.isFinite(read)) report(column, `"${value.slice(0, 40)}" is not a number.`);
    return read;
  };
  const readObject = (column: string, value: string): object => {
    try {
      const read: unknown = JSON.parse(value);
      if (typeof read === 'object' && read !== null && !Array.isArray(read)) return read;
    } catch {
      // Said below, like any other value that is no object.
    }
    report(column, 'This is not a JSON object.');
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
  if (get('arguments') !== '' && get('calls') === '') report('arguments', 'Name the tool in the column "calls".');
  add('avoids', (tool) => ({ kind: 'avoids', tool }));
  add('number', (value) => {
    const tolerance = get('tolerance');
    return {
      kind: 'number',
      value: readNumber('number', value),
      ...(tolerance === '' ? {} : { tolerance: readNumber('tolerance', tolerance) }),
    };
  });
  if (get('tolerance') !== '' && get('number') === '') report('tolerance', 'Fill in the column "number".');
  add('cites', (value) => ({ kind: 'cites', ...(value === '*' ? {} : { url: value }) }));
  add('makes', (artifact) => ({ kind: 'makes', artifact }));
  add('rubric', (rubric) => ({ kind: 'judge', rubric }));
  return checks;
}

const columnsOfKinds: Record<string, string> = { 'json-schema': 'schema', judge: 'rubric' };

/** The column that an issue of the schema belongs to. */
function toColumn(path: readonly PropertyKey[], { expect }: { expect: Check[] }): string {
  if (path[0] !== 'expect') return path[0] === 'input' ? 'question' : String(path[0] ?? '');
  const kind = expect[Number(path[1])]?.kind ?? '';
  return columnsOfKinds[kind] ?? kind;
}

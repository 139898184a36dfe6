import type { EvalColumn, EvalReason, EvalResult, EvalResultStatus, EvalRun } from '#server/contract/eval.ts';
import { withoutInvisible } from '#server/without-invisible.ts';

const marks: Record<EvalResultStatus, string> = {
  passed: 'pass',
  failed: 'FAIL',
  skipped: 'skip',
  cancelled: '-',
  waiting: '-',
  running: '-',
};

const reasons: Record<EvalReason, string> = {
  'text-missing': 'the answer has none of these texts',
  'text-found': 'the answer has a text that it should not have',
  'no-match': 'the answer does not match the pattern',
  'pattern-too-slow': 'the pattern takes too long on this answer',
  'not-json': 'the answer is not JSON',
  'schema-unmet': 'the answer does not fit the schema',
  'schema-unreadable': 'the schema cannot be read',
  'not-called': 'the tool was not called; called were',
  'called-otherwise': 'the tool was called with other arguments',
  called: 'the tool was called',
  'no-number': 'the answer has no number',
  'number-off': 'the nearest number is',
  'not-cited': 'the source is not cited; cited are',
  'not-made': 'it was not made; made were',
  judged: 'the judge says',
  'no-judge': 'no language model can judge here',
  'judge-unclear': 'the judge gave no clear verdict',
  'judge-failed': 'the judge did not answer',
  'not-checked': 'it could not be checked now',
  'needs-model': 'it needs a language model',
  'needs-images': 'it needs a connection that makes images',
  'needs-devnet': 'it needs the devnet, and Anvil, which runs it, is not installed',
};

/** A run of tests as lines for a terminal: a table, then why what did not pass did not. Pure. */
export function describeTests({ tests, columns, results, counts, status }: EvalRun): string[] {
  const heads = columns.map(toHead);
  const names = tests.map(({ test }) => test.name);
  const cells = names.map((_name, row) => columns.map((_column, column) => toCell(find(results, row, column))));
  const widths = [
    Math.max(4, ...names.map(widthOf)),
    ...heads.map((head, column) => Math.max(widthOf(head), ...cells.map((row) => widthOf(row[column] ?? '')))),
  ];
  const line = (texts: string[]) =>
    texts
      .map((text, place) => pad(text, widths[place] ?? 0))
      .join('  ')
      .trimEnd();
  return [
    line(['Test', ...heads]),
    ...names.map((name, row) => line([name, ...(cells[row] ?? [])])),
    ...results
      .filter(({ status: outcome }) => outcome !== 'passed')
      .flatMap((result) => [
        '',
        `${names[result.row] ?? ''} (${heads[result.column] ?? ''}):`,
        ...toReasons(result).map((reason) => `  ${reason}`),
      ]),
    '',
    ...counts.map(
      ({ passed, failed, skipped }, column) =>
        `${heads[column] ?? ''}: ${passed} passed, ${failed} failed, ${skipped} skipped`,
    ),
    ...(status === 'completed' ? [] : [`The run was ${status}.`]),
    // Models, strangers' packages and pages wrote some of it, and a terminal obeys what it is shown.
  ].map(withoutInvisible);
}

const find = (results: EvalResult[], row: number, column: number) =>
  results.find((result) => result.row === row && result.column === column);

const toHead = (column: EvalColumn) => (column.kind === 'model' ? column.model : column.kind);

function toCell(result: EvalResult | undefined): string {
  if (result === undefined) return '';
  const seconds = result.durationMs === null ? '' : ` ${(result.durationMs / 1000).toFixed(1)} s`;
  const cost = result.costUsd === null || result.costUsd === 0 ? '' : ` $${result.costUsd.toPrecision(2)}`;
  return `${marks[result.status]}${seconds}${cost}`;
}

function toReasons({ reason, error, checks }: EvalResult): string[] {
  const whole = reason === null ? [] : [reasons[reason]];
  const failed = checks
    .filter(({ outcome }) => outcome !== 'passed')
    .map((check) => {
      const said = check.reason === null ? '' : reasons[check.reason];
      return check.detail === '' ? said : `${said}: ${check.detail.replaceAll('\n', ' | ')}`;
    });
  return [...whole, ...(error === null ? [] : [error.detail]), ...failed];
}

/** Chinese letters are two columns wide in a terminal. */
const widthOf = (text: string) => [...text].reduce((sum, letter) => sum + (/\p{Script=Han}/u.test(letter) ? 2 : 1), 0);
const pad = (text: string, width: number) => text + ' '.repeat(Math.max(0, width - widthOf(text)));

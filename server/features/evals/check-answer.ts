import { isDeepStrictEqual } from 'node:util';
import type { CheckResult, EvalCheck, EvalReason } from '#server/contract/eval.ts';
import type { JsonValue } from '#server/contract/json.ts';
import type { Run } from '#server/contract/run.ts';
import { HubError } from '#server/hub-error.ts';
import { withoutFence } from '#server/without-fence.ts';
import type { CheckAnswer, CheckTask } from './check-worker.ts';
import { findNumbers } from './find-numbers.ts';

/** What checks look at. */
export type Answer = Pick<Run, 'output' | 'steps' | 'sources' | 'artifacts'>;

export type CheckPorts = {
  /** Of what is said of a check. */
  language: 'en' | 'zh';
  /** Does a check with somebody's pattern where it can hold up nobody. @throws {HubError} */
  runCheck: (task: CheckTask) => Promise<CheckAnswer>;
  /** Has a language model judge the answer. Never throws. */
  judge: (check: Extract<EvalCheck, { kind: 'judge' }>) => Promise<CheckResult>;
};

const longestDetail = 2000;

const passed: CheckResult = { outcome: 'passed', reason: null, detail: '' };
const fail = (reason: EvalReason, detail = ''): CheckResult => ({
  outcome: 'failed',
  reason,
  detail: detail.slice(0, longestDetail),
});
const passIf = (holds: boolean, ...otherwise: Parameters<typeof fail>) => (holds ? passed : fail(...otherwise));

/** Checks one thing of an answer. */
export async function checkAnswer(check: EvalCheck, answer: Answer, ports: CheckPorts): Promise<CheckResult> {
  switch (check.kind) {
    case 'contains':
      return passIf(findText(answer.output, check.anyOf) !== null, 'text-missing', check.anyOf.join('\n'));
    case 'excludes': {
      const found = findText(answer.output, check.anyOf);
      return passIf(found === null, 'text-found', found ?? '');
    }
    case 'matches': {
      const { pattern, ignoreCase } = check;
      return runCheck({ kind: 'pattern', pattern, ignoreCase, text: answer.output }, 'no-match', ports);
    }
    case 'json-schema': {
      const value = readJson(answer.output);
      if (value === undefined) return fail('not-json');
      const { language } = ports;
      return runCheck({ kind: 'schema', schema: check.schema, value, language }, 'schema-unmet', ports);
    }
    case 'calls':
      return checkCalls(check, answer);
    case 'avoids':
      return passIf(!listCalls(answer, check.tool).length, 'called', check.tool);
    case 'number':
      return checkNumber(check, answer.output);
    case 'cites': {
      const urls = answer.sources.map(({ url }) => url);
      const isCited = check.url === undefined ? urls.length > 0 : urls.includes(check.url);
      return passIf(isCited, 'not-cited', urls.filter((url) => url !== null).join('\n'));
    }
    case 'makes':
      return passIf(
        answer.artifacts.some(({ kind }) => kind === check.artifact),
        'not-made',
        answer.artifacts.map(({ kind }) => kind).join(', '),
      );
    case 'judge':
      return ports.judge(check);
  }
}

const fold = (text: string) => text.normalize('NFKC').toLowerCase();

function findText(output: string, texts: string[]): string | null {
  const folded = fold(output);
  return texts.find((text) => folded.includes(fold(text))) ?? null;
}

async function runCheck(task: CheckTask, otherwise: EvalReason, ports: CheckPorts): Promise<CheckResult> {
  try {
    const { issues } = await ports.runCheck(task);
    return passIf(issues.length === 0, otherwise, issues.join('\n'));
  } catch (error) {
    if (error instanceof HubError && error.code === 'unavailable') {
      return { outcome: 'skipped', reason: 'not-checked', detail: error.words[ports.language] };
    }
    return fail(error instanceof HubError ? 'pattern-too-slow' : 'schema-unreadable');
  }
}

function readJson(text: string): JsonValue | undefined {
  try {
    return JSON.parse(withoutFence(text)) as JsonValue;
  } catch {
    return undefined;
  }
}

const listCalls = ({ steps }: Answer, tool: string) =>
  steps.flatMap((step) => (step.kind === 'tool' && step.tool === tool ? [step.input] : []));

function checkCalls({ tool, arguments: wanted }: Extract<EvalCheck, { kind: 'calls' }>, answer: Answer): CheckResult {
  const inputs = listCalls(answer, tool);
  const others = answer.steps.flatMap((step) => (step.kind === 'tool' ? [step.tool] : []));
  if (inputs.length === 0) return fail('not-called', [...new Set(others)].join(', '));
  const isMet = inputs.some((input) =>
    Object.entries(wanted).every(([name, value]) => isDeepStrictEqual(input[name], value)),
  );
  return passIf(isMet, 'called-otherwise', inputs.map((input) => JSON.stringify(input)).join('\n'));
}

function checkNumber({ value, tolerance }: Extract<EvalCheck, { kind: 'number' }>, output: string): CheckResult {
  const numbers = findNumbers(output);
  if (numbers.length === 0) return fail('no-number');
  const away = (number: number) => Math.abs(number - value);
  const [first = 0, ...rest] = numbers;
  const nearest = rest.reduce((best, number) => (away(number) < away(best) ? number : best), first);
  // Decimal fractions are not exact in binary: 0.4 is within 0.1 of 0.3.
  return passIf(away(nearest) <= tolerance * (1 + 1e-9), 'number-off', String(nearest));
}

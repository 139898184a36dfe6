import type { Actor } from '#server/contract/actor.ts';
import type { AgentDefinition } from '#server/contract/agent-definition.ts';
import type { CheckResult, Eval, EvalReason, EvalResult, EvalResultStatus } from '#server/contract/eval.ts';
import type { Run } from '#server/contract/run.ts';
import { HubError, toHubError } from '#server/hub-error.ts';
import { checkAnswer } from './check-answer.ts';
import type { Asked, EvalPorts } from './eval-ports.ts';

/** One eval that is asked in one column. */
export type Cell = {
  actor: Actor;
  agentId: string;
  test: Eval;
  asked: Asked;
  /** What answers, of the draft or of the published version. */
  definition: AgentDefinition;
  language: 'en' | 'zh';
  signal: AbortSignal;
};

type CellResult = Omit<EvalResult, 'row' | 'column'>;

export const emptyResult: CellResult = {
  status: 'waiting',
  reason: null,
  run: null,
  output: '',
  checks: [],
  tokens: 0,
  costUsd: null,
  durationMs: null,
  error: null,
};

/** Asks one eval and checks the answer. Never throws; a failure of the run is a failed result. */
export async function runCell(cell: Cell, ports: EvalPorts): Promise<CellResult> {
  try {
    const unmet = await findUnmetNeed(cell, ports);
    if (unmet !== null) return { ...emptyResult, status: 'skipped', reason: unmet, costUsd: 0 };
    const run = await ports.run(cell.actor, cell.agentId, cell);
    const ran = toRanResult(run);
    if (run.status === 'cancelled' || cell.signal.aborted) return { ...ran, status: 'cancelled' };
    if (run.status !== 'completed') return { ...ran, status: 'failed' };
    return await check(cell, ran, run, ports);
  } catch (thrown) {
    if (cell.signal.aborted) return { ...emptyResult, status: 'cancelled' };
    const error = toHubError(thrown);
    if (error.code === 'internal') ports.logError(thrown, 'a test could not be run');
    return { ...emptyResult, status: 'failed', error: error.toProblem(undefined, cell.language) };
  }
}

async function findUnmetNeed({ actor, test, definition }: Cell, ports: EvalPorts): Promise<EvalReason | null> {
  if (test.needs.includes('model') && !(await ports.hasLanguageModel(actor, definition))) return 'needs-model';
  if (test.needs.includes('devnet') && !(await ports.hasDevnet())) return 'needs-devnet';
  return test.needs.includes('images') && !(await ports.canMakeImages(actor)) ? 'needs-images' : null;
}

function toRanResult({ id, output, usage, costUsd, costIsPartial, startedAt, endedAt, error }: Run): CellResult {
  return {
    ...emptyResult,
    run: id,
    output,
    tokens: usage.inputTokens + usage.outputTokens,
    costUsd: costIsPartial ? null : costUsd,
    durationMs: endedAt === null ? null : Date.parse(endedAt) - Date.parse(startedAt),
    error,
  };
}

async function check(cell: Cell, ran: CellResult, run: Run, ports: EvalPorts): Promise<CellResult> {
  const { actor, agentId, test, definition, signal } = cell;
  const checks: CheckResult[] = [];
  let { tokens, costUsd } = ran;
  for (const expected of test.expect) {
    const result = await checkAnswer(expected, run, {
      language: cell.language,
      runCheck: ports.runCheck,
      judge: async ({ rubric, model = null }) => {
        try {
          const agent = { id: agentId, budget: definition.budget };
          const judged = await ports.judge(actor, agent, { rubric, model, question: toQuestion(test), run, signal });
          if (judged === null) return skip('no-judge');
          tokens += judged.tokens;
          costUsd = costUsd === null || judged.costUsd === null ? null : costUsd + judged.costUsd;
          if (judged.verdict === null) return skip('judge-unclear');
          const { passes, reason } = judged.verdict;
          return { outcome: passes ? 'passed' : 'failed', reason: 'judged', detail: reason };
        } catch (thrown) {
          if (!(thrown instanceof HubError)) ports.logError(thrown, 'an answer could not be judged');
          return skip('judge-failed', thrown instanceof HubError ? thrown.words[cell.language] : '');
        }
      },
    });
    checks.push(result);
  }
  const status = signal.aborted ? 'cancelled' : toStatus(checks);
  return { ...ran, status, checks, tokens, costUsd };
}

const skip = (reason: EvalReason, detail = ''): CheckResult => ({ outcome: 'skipped', reason, detail });

function toStatus(checks: CheckResult[]): EvalResultStatus {
  if (checks.some(({ outcome }) => outcome === 'failed')) return 'failed';
  return checks.some(({ outcome }) => outcome === 'skipped') ? 'skipped' : 'passed';
}

function toQuestion({ input, messages = [] }: Eval): string {
  return input ?? messages.map(({ role, content }) => `${role}: ${content}`).join('\n\n');
}

import type { JsonObject, JsonValue } from '#server/contract/json.ts';
import { JsonValue as AnyJson } from '#server/contract/json.ts';
import type { Problem, ProblemCode } from '#server/contract/problem.ts';
import type { AgentFrame } from '#server/contract/run-checkpoint.ts';
import type { Artifact, Source } from '#server/contract/run-event.ts';
import { type Mask, maskJson } from '#server/runtime/guards/mask-json.ts';
import { HubError } from '#server/hub-error.ts';
import { listIssues, toSaidIssues } from '#server/issue-words.ts';
import { boundResult } from './bound-result.ts';
import { cutToBytes, toDataBlock, toPlainJson, toPlainText } from './plain-text.ts';
import type { Tool, ToolContext, ToolResult, ToolSpending } from './tool.ts';

/** What a call of a tool came to; a failure is data like any other. */
export type ToolOutcome = {
  isError: boolean;
  /** The tool's output; a summary of it, when it was too big; `{ error, code, issues? }`, when it failed. */
  output: JsonValue;
  /** What the model is given: `output` or the tool's own text, marked as untrusted where strangers wrote it. */
  textForModel: string;
  sources: Omit<Source, 'number'>[];
  artifacts: Artifact[];
  durationMs: number;
  /** The whole result, when it was too big. */
  file: string | null;
  /** `output` before it was summed up, and its size; absent when the call failed. */
  whole?: { output: JsonValue; bytes: number };
  /** What it cost; null: nothing. */
  spent: ToolSpending | null;
  /** The call has not ended: where the agent that it called goes on. */
  frame?: AgentFrame;
};

type ToolEnd = Omit<ToolOutcome, 'durationMs' | 'spent'>;

const nothingYet = { isError: false, output: null, textForModel: '', sources: [], artifacts: [], file: null };
const longestErrorBytes = 4_000;
const longestExcerptBytes = 2_000;

/**
 * Runs one call of a tool, from the model's raw input to what the model and the person are told.
 *
 * Never throws for what the tool or the model did wrong: that is the outcome, `isError`. Fixed parameters win over the
 * model's. An abort or the tool's time limit ends the call at once, also when the tool itself does not stop.
 */
export async function invokeTool(call: {
  tool: Tool;
  input: unknown;
  fixedParameters: JsonObject;
  context: Omit<ToolContext, 'reportSpent'>;
  /** What a guard makes of each text of the result, before it is kept or told anywhere; it may refuse. */
  mask?: Mask | null;
  /** Told of failures whose cause neither the model nor the person sees; for the log. */
  reportFailure?: ((thrown: unknown) => void) | undefined;
}): Promise<ToolOutcome> {
  const startedAt = performance.now();
  let spent: ToolSpending | null = null;
  const context: ToolContext = { ...call.context, reportSpent: (reported) => (spent = reported) };
  const outcome = await settle({ ...call, context }).catch(async (thrown: unknown) => {
    if (!(thrown instanceof HubError) && !call.context.signal.aborted) call.reportFailure?.(thrown);
    return toFailed(await maskFailure(toFailure(thrown, context), context, call.mask ?? null), call.tool);
  });
  const durationMs = Math.round(workedBefore(context) + performance.now() - startedAt);
  return { ...outcome, spent, durationMs };
}

/** What an agent that goes on had worked before it waited. */
const workedBefore = ({ resumed }: ToolContext) => resumed?.frame.workedMs ?? 0;

async function settle({
  tool,
  input,
  fixedParameters,
  context,
  mask = null,
}: Parameters<typeof invokeTool>[0] & { context: ToolContext }): Promise<ToolEnd> {
  const missing = tool.unavailable?.();
  if (missing) throw new HubError('tool_unavailable', missing);
  const checked = checkInput(tool, input, fixedParameters);
  const result = await runWithin(tool, checked, context);
  if (result.frame !== undefined) return { ...nothingYet, frame: result.frame };
  const raw = AnyJson.safeParse(result.output);
  if (!raw.success || !tool.output.safeParse(result.output).success) {
    throw new Error(`The tool ${tool.id} gave an output that does not fit its schema.`);
  }
  const plain = tool.untrusted ? toPlainJson(raw.data) : raw.data;
  const plainText = result.text === undefined || !tool.untrusted ? result.text : toPlainText(result.text);
  const clean = mask === null ? plain : await maskJson(plain, mask);
  const text = mask === null || plainText === undefined ? plainText : await mask(plainText);
  const sources = (result.sources ?? []).map(toPlainSource);
  const bounded = await boundResult({
    output: clean,
    text,
    maximumBytes: tool.maximumResultBytes,
    name: `${tool.id}-result`,
    storeFile: context.storeFile,
  });
  return {
    isError: false,
    output: bounded.output,
    textForModel: tool.untrusted ? toDataBlock(bounded.text, tool.id) : bounded.text,
    sources: mask === null ? sources : await maskSources(sources, mask),
    artifacts: result.artifacts ?? [],
    file: bounded.file,
    whole: { output: clean, bytes: bounded.outputBytes },
  };
}

/** What a call failed with, in the person's language. */
type Failure = Pick<Problem, 'code' | 'detail' | 'errors'>;

function toFailure(thrown: unknown, { language, signal }: ToolContext): Failure {
  const known = thrown instanceof HubError ? thrown : failedItself();
  return (signal.aborted ? runStopped() : known).toProblem(undefined, language);
}

async function maskFailure(failure: Failure, context: ToolContext, mask: Mask | null): Promise<Failure> {
  const { code, detail } = failure;
  if (mask === null || notStrangers.has(code)) return failure;
  try {
    const shown = await mask(detail);
    return shown === detail ? failure : { code, detail: shown };
  } catch (refusal) {
    return toFailure(refusal, context);
  }
}

/** Failures that are in the hub's own words alone. */
const notStrangers = new Set<ProblemCode>(['guard_refused', 'internal', 'run_cancelled']);

/** An address with something to mask in it would lead nowhere any more: it is left out. */
async function maskUrl(url: string, mask: Mask): Promise<string | null> {
  const readable = url.replaceAll(/(?:%[0-9a-f]{2})+/gi, toReadable);
  return (await mask(readable)) === readable ? url : null;
}

function toReadable(escaped: string): string {
  try {
    return decodeURIComponent(escaped);
  } catch {
    return escaped;
  }
}

async function maskSources(sources: ToolOutcome['sources'], mask: Mask): Promise<ToolOutcome['sources']> {
  const masked: ToolOutcome['sources'] = [];
  for (const { title, url, excerpt } of sources)
    masked.push({
      title: await mask(title),
      url: url === null ? null : await maskUrl(url, mask),
      excerpt: excerpt === null ? null : await mask(excerpt),
    });
  return masked;
}

function checkInput(tool: Tool, input: unknown, fixedParameters: JsonObject): unknown {
  const given = input ?? {};
  if (typeof given !== 'object' || Array.isArray(given)) {
    throw new HubError('validation_failed', { en: 'The input must be a JSON object.', zh: '输入须为 JSON 对象。' });
  }
  const result = tool.input.safeParse({ ...given, ...fixedParameters });
  if (result.success) return result.data;
  const issues = toSaidIssues(result.error.issues).map(({ path, message: { en, zh } }) => ({
    path,
    message: Object.hasOwn(fixedParameters, path.split('.')[0] ?? '')
      ? { en: `${en} (the creator of the agent set this)`, zh: `${zh}（由智能体的创建者设定）` }
      : { en, zh },
  }));
  const list = listIssues(issues);
  throw new HubError(
    'validation_failed',
    { en: `The input is not valid. ${list.en}`, zh: `输入无效。${list.zh}` },
    { errors: issues },
  );
}

async function runWithin(tool: Tool, input: unknown, context: ToolContext): Promise<ToolResult<unknown>> {
  context.signal.throwIfAborted();
  const timeLimit = AbortSignal.timeout(Math.max(0, Math.round(tool.timeoutMs - workedBefore(context))));
  const signal = AbortSignal.any([context.signal, timeLimit]);
  const stopped = new Promise<never>((_, reject) => {
    const stop = () => reject(toStopReason(tool, context.signal));
    signal.addEventListener('abort', () => (tool.graceMs === undefined ? stop() : setTimeout(stop, tool.graceMs)), {
      once: true,
    });
  });
  const finished = Promise.resolve().then(() => {
    signal.throwIfAborted();
    return tool.run(input, { ...context, signal });
  });
  try {
    return await Promise.race([finished, stopped]);
  } catch (thrown) {
    throw signal.aborted ? toStopReason(tool, context.signal) : thrown;
  } finally {
    stopped.catch(() => undefined);
    finished.catch(() => undefined);
  }
}

function toStopReason(tool: Tool, runSignal: AbortSignal): HubError {
  if (runSignal.aborted) return runStopped();
  const seconds = tool.timeoutMs / 1000;
  return new HubError('unavailable', {
    en: `The tool took longer than ${seconds} seconds and was stopped.`,
    zh: `工具运行超过 ${seconds} 秒，已停止。`,
  });
}

const runStopped = () =>
  new HubError('run_cancelled', {
    en: 'The run was stopped before the tool was done.',
    zh: '运行在工具完成之前已停止。',
  });
const failedItself = () =>
  new HubError('internal', {
    en: 'The tool failed for a reason of its own. Try another way.',
    zh: '工具因自身原因失败。请换一种方式。',
  });

/** What a service says of its failure is a stranger's text, like what it brings. */
function toFailed({ code, detail, errors }: Failure, tool: Tool): ToolEnd {
  const output = toPlainJson({
    error: cutToBytes(detail, longestErrorBytes),
    code,
    ...(errors === undefined ? {} : { issues: errors.slice(0, 50) }),
  });
  const text = JSON.stringify(output);
  const textForModel = tool.untrusted ? toDataBlock(text, tool.id) : text;
  return { isError: true, output, textForModel, sources: [], artifacts: [], file: null };
}

function toPlainSource(source: Omit<Source, 'number'>): Omit<Source, 'number'> {
  return {
    title: cutToBytes(toPlainText(source.title).replaceAll('\n', ' ').trim(), 300),
    url: source.url,
    excerpt: source.excerpt === null ? null : cutToBytes(toPlainText(source.excerpt), longestExcerptBytes),
  };
}

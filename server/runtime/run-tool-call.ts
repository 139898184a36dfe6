import { ToolMessage } from '@langchain/core/messages';
import { AgentTool } from '#server/contract/agent-definition.ts';
import { toSourceLine } from '#server/contract/data-blocks.ts';
import type { JsonObject, JsonValue } from '#server/contract/json.ts';
import { type FoundAgent, listWaits } from '#server/contract/run-checkpoint.ts';
import type { RunEvent, Source } from '#server/contract/run-event.ts';
import type { NextCall } from '#server/contract/spent.ts';
import { findQuestion, type OpenWait, readAnswer, toAnswerEvent } from './ask-person.ts';
import type { ToolGuard } from './guards/guard-tools.ts';
import type { Mask } from './guards/mask-json.ts';
import type { ModelToolCall } from './call-model.ts';
import type { HandOver } from './hand-over.ts';
import type { RunMaterialKeeper } from './run-material.ts';
import { invokeTool } from './tools/invoke-tool.ts';
import type { AlertDesk, DataDesk } from './tools/ports.ts';
import type { LendFile, StoreFile, Tool } from './tools/tool.ts';
import { type OpenCall, type ResumedFrame, toOpenCall } from './turn-state.ts';

/** A tool of this agent: what the model calls it, the tool itself, and what its creator set. */
export type EquippedTool = { name: string; tool: Tool; settings: AgentTool };

export type ToolCallPorts = {
  language: 'en' | 'zh';
  modelOwnerId: string;
  storeFile: StoreFile;
  guard: ToolGuard;
  lendFile: LendFile;
  openData: () => DataDesk | null;
  openAlerts: () => AlertDesk | null;
  material: RunMaterialKeeper;
  /** Null where no person can be asked: in a test. */
  openWait: OpenWait | null;
  /** The tool for an agent that was called before the turn waited, as it was then. */
  equipAgent: (agent: FoundAgent) => Tool;
  /** Told of the agent that takes the turn over when this step is done. */
  handOver: (to: HandOver) => void;
  /** Where a tool's unexpected failure goes; the model and the person are told only that it failed. */
  reportFailure: (failure: unknown) => void;
  /** Throws where the run may spend no more: others may have spent while a person took their time over an approval. */
  checkBudget: (next: NextCall | null) => Promise<void>;
  /** Gives a source its number in this run; the same one again when it is known. */
  numberSource: (source: Omit<Source, 'number'>) => Source;
};

const nobodyToAsk = {
  en: 'This needs a person, and nobody can be asked in a test. It was not done. Say what you would have asked.',
  zh: '此操作需要用户参与，而测试中无法询问任何人。操作没有进行。请说明您本来要询问什么。',
};
const notJson = {
  en: 'The arguments were not a JSON object. Send them again as valid JSON.',
  zh: '参数不是 JSON 对象。请以有效的 JSON 重新发送。',
};
const noSuchTool = (name: string) => ({ en: `There is no tool "${name}".`, zh: `没有工具“${name}”。` });

type Call = {
  call: ModelToolCall;
  equipped: EquippedTool | undefined;
  ports: ToolCallPorts;
  emit: (event: RunEvent) => void;
  signal: AbortSignal;
};

/**
 * Makes one tool call, and reports through `emit`. Where a person must be asked first, it is not made: the call waits, and
 * is handed in again with their answer.
 *
 * @returns the call with the message that answers the model, or with what it waits for; failures are data in the message,
 *   never exceptions
 */
export async function runToolCall({ open, ...rest }: Omit<Call, 'call'> & { open: OpenCall }): Promise<OpenCall> {
  const { call, wait, answer, frame } = open;
  const { equipped, ports, emit } = rest;
  if (open.result !== null || (wait !== null && answer === null)) return open;
  if (frame !== null) return isAnswered(frame) ? goOn({ ...rest, call, resumed: frame }) : open;
  const settle = (result: ToolMessage): OpenCall => ({ ...toOpenCall(call), result });
  if (equipped === undefined || call.input === null) {
    const error = (equipped === undefined ? noSuchTool(call.name) : notJson)[ports.language];
    if (wait === null) {
      emit({ type: 'tool-call', call: call.id, tool: call.name, intent: call.name, input: call.input ?? {} });
    }
    return settle(giveResult({ call, emit, isError: true, output: { error } }));
  }
  const { fixedParameters } = equipped.settings;
  const checked = await ports.guard.checkInput(call.input, wait === null ? emit : () => undefined);
  const input: JsonObject = { ...checked.input, ...fixedParameters };
  if (wait === null) {
    const intent = describeCall(equipped.tool, input, ports.language);
    emit({ type: 'tool-call', call: call.id, tool: equipped.tool.id, intent, input });
    if (checked.refusal !== null)
      return settle(giveResult({ call, emit, isError: true, output: { error: checked.refusal } }));
    const question = await findQuestion(equipped, input, ports);
    if (question !== null && ports.openWait === null) {
      return settle(giveResult({ call, emit, isError: true, output: { error: nobodyToAsk[ports.language] } }));
    }
    if (question !== null && ports.openWait !== null) {
      return { ...open, wait: ports.openWait({ call: call.id, tool: equipped.tool.id, question }) };
    }
  }
  const begin = { ...rest, call, equipped, resumed: null };
  if (wait === null || answer === null) return makeCall({ ...begin, input, note: null });
  const answered = readAnswer(wait, answer, ports.language);
  const wanted = 'edited' in answered ? answered.edited : null;
  const found: RunEvent[] = [];
  const made = wanted === null ? null : await ports.guard.checkInput(wanted, (event) => found.push(event));
  const edited = made === null ? null : { ...made.input, ...fixedParameters };
  emit(toAnswerEvent(wait, answer, edited));
  for (const event of found) emit(event);
  if ('output' in answered) return settle(giveResult({ call, emit, ...answered }));
  if (made === null || edited === null) return makeCall({ ...begin, input, note: null });
  if (made.refusal !== null) return settle(giveResult({ call, emit, isError: true, output: { error: made.refusal } }));
  const note = `The person changed the arguments of this call to ${JSON.stringify(made.input)}.`;
  return makeCall({ ...begin, input: edited, note });
}

const isAnswered = ({ frame, answers }: ResumedFrame) =>
  listWaits(frame.turn.calls).some(({ id }) => Object.hasOwn(answers, id));

/** Goes on with the call of an agent that waited. */
function goOn({ resumed, ...rest }: Omit<Call, 'equipped'> & { resumed: ResumedFrame }): Promise<OpenCall> {
  const { agent, note } = resumed.frame;
  const tool = rest.ports.equipAgent(agent);
  const equipped = { name: rest.call.name, tool, settings: AgentTool.parse({ id: tool.id }) };
  return makeCall({ ...rest, equipped, input: rest.call.input ?? {}, note, resumed });
}

async function makeCall({
  call,
  equipped: { tool, settings },
  input,
  note,
  resumed,
  ports,
  emit,
  signal,
}: Omit<Call, 'equipped'> & {
  equipped: EquippedTool;
  input: JsonObject;
  note: string | null;
  resumed: ResumedFrame | null;
}): Promise<OpenCall> {
  await ports.checkBudget(null);
  const { openWait: open } = ports;
  const openWait =
    open && ((request: Parameters<OpenWait>[0]) => open({ ...request, call: toInnerName(request.call, call.id) }));
  const result = await ports.guard.watchResult(async (mask) => {
    const progress = createProgressTeller(mask, (text) => emit({ type: 'tool-progress', call: call.id, text }));
    const outcome = await invokeTool({
      tool,
      input,
      mask,
      fixedParameters: settings.fixedParameters,
      reportFailure: ports.reportFailure,
      context: {
        signal,
        language: ports.language,
        modelOwnerId: ports.modelOwnerId,
        storeFile: ports.storeFile,
        lendFile: ports.lendFile,
        openData: ports.openData,
        openAlerts: ports.openAlerts,
        material: ports.material.read,
        reportProgress: progress.report,
        emit: (event) => emit(toInner(event, call.id)),
        checkBudget: ports.checkBudget,
        openWait,
        resumed,
        handOver: ports.handOver,
      },
    });
    await progress.told();
    return outcome;
  }, emit);
  if (result.spent !== null) emit({ type: 'usage', ...result.spent, contextWindow: null, timing: null });
  signal.throwIfAborted();
  if (result.frame !== undefined) {
    return { ...toOpenCall({ ...call, input }), frame: { frame: { ...result.frame, note }, answers: {} } };
  }
  ports.material.keep({ call: call.id, tool: tool.id, result });
  const sources = result.sources.map(ports.numberSource);
  for (const artifact of result.artifacts) emit({ type: 'artifact', artifact });
  for (const source of sources) emit({ type: 'source', source });
  emit({
    type: 'tool-result',
    call: call.id,
    tool: tool.id,
    isError: result.isError,
    output: result.output,
    durationMs: result.durationMs,
    file: result.file,
  });
  const parts = [note, result.textForModel, sources.length === 0 ? null : listSources(sources)];
  const answer = new ToolMessage({
    tool_call_id: call.id,
    name: call.name,
    content: parts.filter((part) => part !== null).join('\n\n'),
    status: result.isError ? 'error' : 'success',
  });
  return { ...toOpenCall(call), result: answer };
}

/** Tells how far a call is, in order, as far as a guard lets it be told. */
function createProgressTeller(mask: Mask | null, tell: (text: string) => void) {
  if (mask === null) return { report: tell, told: async () => undefined };
  let told = Promise.resolve();
  return {
    report: (text: string) => {
      told = told.then(() => mask(text)).then(tell, () => undefined);
    },
    told: () => told,
  };
}

/** Tells of a result that no tool was needed for. */
function giveResult({
  call,
  emit,
  isError,
  output,
}: Pick<Call, 'call' | 'emit'> & { isError: boolean; output: JsonValue }): ToolMessage {
  emit({ type: 'tool-result', call: call.id, tool: call.name, isError, output, durationMs: 0, file: null });
  const error = typeof output === 'object' && output !== null && 'error' in output ? output['error'] : undefined;
  return new ToolMessage({
    tool_call_id: call.id,
    name: call.name,
    content: typeof error === 'string' ? error : JSON.stringify(output),
    status: isError ? 'error' : 'success',
  });
}

/** What happens in a call: its own calls get names that no other call of the run has. */
function toInner(event: RunEvent, parent: string): RunEvent {
  if (!('call' in event)) return event;
  const call = toInnerName(event.call, parent);
  if (event.type !== 'tool-call') return { ...event, call };
  return { ...event, call, parent: event.parent === undefined ? parent : toInnerName(event.parent, parent) };
}

const toInnerName = (call: string, parent: string) => `${parent}/${call}`;

function describeCall(tool: Tool, input: JsonObject, language: 'en' | 'zh'): string {
  const parsed = tool.input.safeParse(input);
  return parsed.success ? tool.intent(parsed.data, language) : tool.title[language];
}

function listSources(sources: Source[]): string {
  return sources.map((source) => toSourceLine(source.number, source)).join('\n');
}

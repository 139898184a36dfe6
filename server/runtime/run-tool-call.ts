import { ToolMessage } from '@langchain/core/messages';
import type { AgentTool } from '#server/contract/agent-definition.ts';
import type { JsonObject } from '#server/contract/json.ts';
import type { RunEvent, Source } from '#server/contract/run-event.ts';
import type { ModelToolCall } from './call-model.ts';
import type { RunMaterialKeeper } from './run-material.ts';
import { invokeTool } from './tools/invoke-tool.ts';
import type { StoreFile, Tool } from './tools/tool.ts';

/** A tool of this agent: the catalogue's, with what its creator set. */
export type EquippedTool = { tool: Tool; settings: AgentTool };

export type RequestApproval = (request: { call: string; tool: string; input: JsonObject; signal: AbortSignal }) => {
  approval: string;
  expiresAt: string;
  decision: Promise<{ decision: 'approved' | 'refused' | 'expired'; reason?: string }>;
};

export type ToolCallPorts = {
  language: 'en' | 'zh';
  storeFile: StoreFile;
  material: RunMaterialKeeper;
  requestApproval: RequestApproval;
  /** Where a tool's unexpected failure goes; the model and the person are told only that it failed. */
  reportFailure: (failure: unknown) => void;
  /** Gives a source its number in this run; the same one again when it is known. */
  numberSource: (source: Omit<Source, 'number'>) => Source;
};

/**
 * Makes one tool call: asks for approval where the creator wants it, runs the tool, and reports through `emit`.
 *
 * @returns the message that answers the model's call; failures are data in it, never exceptions
 */
export async function runToolCall({
  call,
  equipped,
  ports,
  emit,
  signal,
}: {
  call: ModelToolCall;
  equipped: EquippedTool | undefined;
  ports: ToolCallPorts;
  emit: (event: RunEvent) => void;
  signal: AbortSignal;
}): Promise<ToolMessage> {
  if (equipped === undefined || call.input === null) {
    const error =
      equipped === undefined
        ? `There is no tool "${call.name}".`
        : 'The arguments were not a JSON object. Send them again as valid JSON.';
    const base = { call: call.id, tool: call.name };
    emit({ type: 'tool-call', ...base, intent: call.name, input: call.input ?? {} });
    emit({ type: 'tool-result', ...base, isError: true, output: { error }, durationMs: 0, file: null });
    return new ToolMessage({ tool_call_id: call.id, name: call.name, content: error, status: 'error' });
  }
  const { tool, settings } = equipped;
  const input: JsonObject = { ...call.input, ...settings.fixedParameters };
  const base = { call: call.id, tool: tool.id };
  emit({ type: 'tool-call', ...base, intent: describeCall(tool, input, ports.language), input });
  const refusal = await askForApproval({ call, equipped, input, ports, emit, signal });
  if (refusal !== null) {
    emit({ type: 'tool-result', ...base, isError: true, output: { error: refusal }, durationMs: 0, file: null });
    return new ToolMessage({ tool_call_id: call.id, name: call.name, content: refusal, status: 'error' });
  }
  const result = await invokeTool({
    tool,
    input: call.input,
    fixedParameters: settings.fixedParameters,
    storeFile: ports.storeFile,
    reportFailure: ports.reportFailure,
    context: {
      signal,
      language: ports.language,
      material: ports.material.read,
      reportProgress: (text) => emit({ type: 'tool-progress', call: call.id, text }),
    },
  });
  signal.throwIfAborted();
  ports.material.keep({ ...base, result });
  const sources = result.sources.map(ports.numberSource);
  for (const artifact of result.artifacts) emit({ type: 'artifact', artifact });
  for (const source of sources) emit({ type: 'source', source });
  emit({
    type: 'tool-result',
    ...base,
    isError: result.isError,
    output: result.output,
    durationMs: result.durationMs,
    file: result.file,
  });
  return new ToolMessage({
    tool_call_id: call.id,
    name: call.name,
    content: sources.length === 0 ? result.textForModel : `${result.textForModel}\n\n${listSources(sources)}`,
    status: result.isError ? 'error' : 'success',
  });
}

async function askForApproval({
  call,
  equipped: { tool, settings },
  input,
  ports,
  emit,
  signal,
}: {
  call: ModelToolCall;
  equipped: EquippedTool;
  input: JsonObject;
  ports: ToolCallPorts;
  emit: (event: RunEvent) => void;
  signal: AbortSignal;
}): Promise<string | null> {
  const needed = settings.approval === 'always' || (settings.approval === 'on-write' && tool.effect === 'write');
  if (!needed) return null;
  const request = ports.requestApproval({ call: call.id, tool: tool.id, input, signal });
  emit({
    type: 'approval-request',
    approval: request.approval,
    call: call.id,
    tool: tool.id,
    input,
    expiresAt: request.expiresAt,
  });
  const { decision, reason } = await request.decision;
  signal.throwIfAborted();
  emit({ type: 'approval-result', approval: request.approval, decision });
  if (decision === 'approved') return null;
  const because = reason === undefined || reason === '' ? '' : ` Reason: ${reason}`;
  return decision === 'expired'
    ? 'Nobody approved this call in time. It was not made.'
    : `The person refused this call. It was not made.${because}`;
}

function describeCall(tool: Tool, input: JsonObject, language: 'en' | 'zh'): string {
  const parsed = tool.input.safeParse(input);
  return parsed.success ? tool.intent(parsed.data, language) : tool.title[language];
}

function listSources(sources: Source[]): string {
  return sources
    .map((source) => `Source [${source.number}]: ${source.title}${source.url === null ? '' : ` ${source.url}`}`)
    .join('\n');
}

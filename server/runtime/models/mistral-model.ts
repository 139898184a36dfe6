import { createHash } from 'node:crypto';
import { AIMessage, type BaseMessage, SystemMessage, ToolMessage } from '@langchain/core/messages';
import type { ChatGenerationChunk } from '@langchain/core/outputs';
import { HubError } from '#server/hub-error.ts';
import type { ModelFetch, ModelSettings, ModelTarget } from './chat-model.ts';
import { OpenAIModel } from './open-ai-model.ts';
import { toClientFields } from './to-client-fields.ts';

type Delta = Record<string, unknown>;
type MistralCall = { id?: string; function: { name?: string; arguments?: unknown } };
type MistralBlock = { type: string; text?: string; thinking?: MistralBlock[] };

const callIdLength = 9;
const callId = /^[a-zA-Z0-9]{9}$/;

/** A chat model of Mistral's API: OpenAI's chat completions with differences of its own. Retries are the runtime's own. */
export function createMistralModel(target: ModelTarget, settings: ModelSettings, fetch: ModelFetch) {
  return new MistralModel({
    ...toClientFields(target, 'https://api.mistral.ai/v1', fetch),
    // Mistral counts tokens unasked, and refuses to be asked.
    streamUsage: false,
    ...(settings.temperature === null ? {} : { temperature: settings.temperature }),
    ...(settings.maximumOutputTokens === null ? {} : { maxTokens: settings.maximumOutputTokens }),
  });
}

class MistralModel extends OpenAIModel {
  override _streamResponseChunks(
    messages: BaseMessage[],
    options: this['ParsedCallOptions'],
  ): AsyncGenerator<ChatGenerationChunk> {
    return super._streamResponseChunks(toMistralMessages(messages), options);
  }

  override _convertCompletionsDeltaToBaseMessageChunk(
    ...[delta, raw, role]: Parameters<OpenAIModel['_convertCompletionsDeltaToBaseMessageChunk']>
  ) {
    const reason: string | null | undefined = raw.choices[0]?.finish_reason;
    if (reason === 'error')
      throw new HubError('model_unavailable', {
        en: 'Mistral broke its answer off.',
        zh: 'Mistral 中断了回答。',
      });
    return super._convertCompletionsDeltaToBaseMessageChunk(toOpenAIDelta(delta), raw, role);
  }
}

/** Mistral wants instructions first, and calls named by nine letters or digits, whoever made them. */
function toMistralMessages(messages: readonly BaseMessage[]): BaseMessage[] {
  const isSystem = (message: BaseMessage) => message.getType() === 'system';
  const instructions = messages.filter(isSystem).map((message) => message.text);
  const others = messages.filter((message) => !isSystem(message)).map(renameCalls);
  return instructions.length === 0 ? others : [new SystemMessage(instructions.join('\n\n')), ...others];
}

function renameCalls(message: BaseMessage): BaseMessage {
  if (ToolMessage.isInstance(message)) {
    const { content, name, tool_call_id: id } = message;
    return new ToolMessage({ content, tool_call_id: toCallId(id), ...(name === undefined ? {} : { name }) });
  }
  if (!AIMessage.isInstance(message) || (message.tool_calls ?? []).length === 0) return message;
  const calls = (message.tool_calls ?? []).map((call) => ({ ...call, id: toCallId(call.id ?? '') }));
  return new AIMessage({ content: message.content, tool_calls: calls });
}

const toCallId = (id: string) =>
  callId.test(id) ? id : createHash('sha256').update(id).digest('hex').slice(0, callIdLength);

/** Models that think send lists of blocks, and arguments come whole, at times as an object. */
function toOpenAIDelta({ content, tool_calls: calls, ...delta }: Delta): Delta {
  const blocks = Array.isArray(content) ? (content as MistralBlock[]) : null;
  return {
    ...delta,
    content: blocks === null ? content : textOf(blocks.filter(({ type }) => type !== 'thinking')),
    ...(blocks === null
      ? {}
      : { reasoning: textOf(blocks.flatMap(({ thinking }) => (Array.isArray(thinking) ? thinking : []))) }),
    ...(Array.isArray(calls) ? { tool_calls: (calls as MistralCall[]).map(toOpenAICall) } : {}),
  };
}

const textOf = (blocks: MistralBlock[]) => blocks.map(({ text }) => text ?? '').join('');

function toOpenAICall({ id, function: called, ...call }: MistralCall) {
  const { arguments: given } = called;
  const text = typeof given === 'string' ? given : JSON.stringify(given ?? {});
  return { ...call, ...(id === 'null' ? {} : { id }), function: { ...called, arguments: text } };
}

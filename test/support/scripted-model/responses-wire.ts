import { toOpenaiError } from './openai-wire.ts';
import { splitText, toArgumentText, toPieces, toServed, toUsage, toWhole } from './reply.ts';
import type { Frames, ScriptedUsage, SpokenReply } from './reply.ts';

type Body = Record<string, unknown>;
type Item = {
  type?: string;
  role?: string;
  id?: string;
  call_id?: string;
  encrypted_content?: string;
  content?: unknown;
};
type Step = { type: string; [key: string]: unknown };

const canReason = (model: string) => /^(?:o\d|gpt-[5-9])/.test(toServed(model));
const hasPhases = (model: string) => /^gpt-(?:5\.[4-9]|[6-9])/.test(model);
const seal = (thought: string) => Buffer.from(`scripted ${thought}`).toString('base64');
const isSealed = (text: string) => Buffer.from(text, 'base64').toString().startsWith('scripted ');
const asksSummary = ({ reasoning }: Body) => (reasoning as { summary?: string } | undefined)?.summary !== undefined;
const asksSealed = ({ include }: Body) => (include as string[] | undefined)?.includes('reasoning.encrypted_content');

const toResponsesUsage = (usage: ScriptedUsage) => ({
  input_tokens: usage.inputTokens,
  input_tokens_details: { cached_tokens: usage.cachedTokens ?? 0, cache_write_tokens: usage.keptTokens ?? 0 },
  output_tokens: usage.outputTokens,
  output_tokens_details: { reasoning_tokens: usage.reasoningTokens ?? 0 },
  total_tokens: usage.inputTokens + usage.outputTokens,
});

type MadeItem = { added: object; steps: Step[]; endSteps: Step[]; done: object };

function toReasoningItem(thought: string, shown: string[], { id, body }: { id: string; body: Body }): MadeItem {
  const item = { id, type: 'reasoning', ...(asksSealed(body) === true ? { encrypted_content: seal(thought) } : {}) };
  const told = asksSummary(body) ? shown : [];
  const part = { type: 'summary_text', text: told.join('') };
  const at = { item_id: id, summary_index: 0 };
  return {
    added: { ...item, summary: [] },
    steps: told.map((delta, place) => ({
      type: 'response.reasoning_summary_text.delta',
      ...at,
      delta,
      ...(place === 0
        ? { first: { type: 'response.reasoning_summary_part.added', ...at, part: { ...part, text: '' } } }
        : {}),
    })),
    endSteps:
      told.length === 0
        ? []
        : [
            { type: 'response.reasoning_summary_text.done', ...at, text: part.text },
            { type: 'response.reasoning_summary_part.done', ...at, part },
          ],
    done: { ...item, summary: told.length === 0 ? [] : [part] },
  };
}

function toMessageItem(reply: SpokenReply, { id, model }: { id: string; model: string }): MadeItem {
  const calls = reply.toolCalls ?? [];
  const item = {
    id,
    type: 'message',
    role: 'assistant',
    ...(hasPhases(model) ? { phase: calls.length > 0 ? 'commentary' : 'final_answer' } : {}),
  };
  const at = { item_id: id, content_index: 0 };
  const part = { type: 'output_text', text: toWhole(reply.text), annotations: [] };
  return {
    added: { ...item, status: 'in_progress', content: [] },
    steps: toPieces(reply.text).map((delta, place) => ({
      type: 'response.output_text.delta',
      ...at,
      delta,
      ...(place === 0 ? { first: { type: 'response.content_part.added', ...at, part: { ...part, text: '' } } } : {}),
    })),
    endSteps: [
      { type: 'response.output_text.done', ...at, text: part.text },
      { type: 'response.content_part.done', ...at, part },
    ],
    done: { ...item, status: 'completed', content: [part] },
  };
}

function toCallItems(reply: SpokenReply): MadeItem[] {
  return (reply.toolCalls ?? []).map((call, place) => {
    const id = `fc_scripted_${place}`;
    const text = toArgumentText(call);
    const item = { id, type: 'function_call', call_id: call.id ?? `call_scripted_${place}`, name: call.name };
    return {
      added: { ...item, status: 'in_progress', arguments: '' },
      steps: splitText(text, reply.argumentPieces ?? 3).map((delta) => ({
        type: 'response.function_call_arguments.delta',
        item_id: id,
        delta,
      })),
      endSteps: [{ type: 'response.function_call_arguments.done', item_id: id, arguments: text }],
      done: { ...item, status: 'completed', arguments: text },
    };
  });
}

function toMadeItems(reply: SpokenReply, { id, model, body }: { id: string; model: string; body: Body }): MadeItem[] {
  const shown = toPieces(reply.reasoning);
  return [
    ...(shown.length === 0 ? [] : [toReasoningItem(shown.join(''), shown, { id: `rs_${id}`, body })]),
    ...(reply.sealedReasoning === undefined
      ? []
      : [toReasoningItem(reply.sealedReasoning, [], { id: `rs_sealed_${id}`, body })]),
    ...(toPieces(reply.text).length === 0 ? [] : [toMessageItem(reply, { id: `msg_${id}`, model })]),
    ...toCallItems(reply),
  ];
}

const incomplete = { length: 'max_output_tokens', content_filter: 'content_filter' } as const;

/** The answer as the events of the Responses API: each item in pieces, one after the other. */
export function toResponsesFrames(
  reply: SpokenReply,
  { model, id, body }: { model: string; id: string; body: Body },
): Frames {
  let number = 0;
  const frame = ({ type, ...content }: Step) =>
    `event: ${type}\ndata: ${JSON.stringify({ type, sequence_number: number++, ...content })}\n\n`;
  const response = {
    id: `resp_${id}`,
    object: 'response',
    model: toServed(model),
    output: [],
    usage: null,
    error: null,
  };
  const begun = { ...response, status: 'in_progress' };
  const opening = [
    frame({ type: 'response.created', response: begun }),
    frame({ type: 'response.in_progress', response: begun }),
    // In no description, but sent whenever a model thinks for long.
    frame({ type: 'keepalive' }),
  ];
  const items = toMadeItems(reply, { id, model, body });
  const pieces = items.flatMap(({ added, steps, endSteps, done }, index) => {
    const at = { output_index: index };
    const write = (all: Step[]) => all.map((step) => frame({ ...step, ...at })).join('');
    return [
      write([{ type: 'response.output_item.added', item: added }]),
      ...steps.map(({ first, ...step }) => write(first === undefined ? [step] : [first as Step, step])),
      write([...endSteps, { type: 'response.output_item.done', item: done }]),
    ];
  });
  const { finishReason } = reply;
  const reason = finishReason === 'length' || finishReason === 'content_filter' ? incomplete[finishReason] : null;
  const status = reason === null ? 'completed' : 'incomplete';
  const usage = toUsage(reply);
  const ended = {
    ...response,
    status,
    incomplete_details: reason === null ? null : { reason },
    output: items.map(({ done }) => done),
    usage: usage === null ? null : toResponsesUsage(usage),
  };
  return { opening, pieces, closing: [frame({ type: `response.${status}`, response: ended })] };
}

/** OpenAI's failure; a refused parameter is named as OpenAI names it. */
export function toResponsesError(status: number, message: string) {
  const { error } = toOpenaiError(status, message);
  const named = /^Unsupported parameter: '([\w.]+)'/.exec(message)?.[1];
  return { error: { ...error, param: named ?? (message.startsWith('Encrypted content') ? 'include' : null) } };
}

const unsupported = (name: string) => `Unsupported parameter: '${name}' is not supported with this model.`;

/** What the Responses API refuses of reasoning, and of items that do not belong together, in its own words. */
export function findResponsesFault(body: Body): string | null {
  const { reasoning, temperature } = body;
  if (canReason(String(body['model']))) {
    if (temperature !== undefined) return unsupported('temperature');
  } else {
    if (reasoning !== undefined) return unsupported('reasoning.effort');
    if (asksSealed(body) === true) return 'Encrypted content is not supported with this model.';
  }
  return findItemFault(body['input'] as Item[]);
}

function findItemFault(items: Item[]): string | null {
  const named = (type: string) => new Set(items.flatMap((item) => (item.type === type ? [item.call_id] : [])));
  const [called, answered] = [named('function_call'), named('function_call_output')];
  for (const [place, item] of items.entries()) {
    if (item.type === 'function_call' && !answered.has(item.call_id))
      return `No tool output found for function call ${item.call_id}.`;
    if (item.type === 'function_call_output' && !called.has(item.call_id))
      return `No tool call found for function call output with call_id ${item.call_id}.`;
    if (item.type !== 'reasoning') continue;
    if (item.encrypted_content === undefined)
      return `Item with id '${item.id}' not found. Items are not persisted when \`store\` is set to false.`;
    if (!isSealed(item.encrypted_content)) return 'The encrypted content could not be verified.';
    if (item.content !== undefined) return `Invalid 'input[${place}].content': array too long.`;
    const next = items[place + 1];
    const isFollowed = next?.type === 'reasoning' || next?.type === 'function_call' || next?.role === 'assistant';
    if (!isFollowed) return `Item '${item.id}' of type 'reasoning' was provided without its required following item.`;
  }
  return null;
}

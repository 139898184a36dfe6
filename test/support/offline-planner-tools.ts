import { AIMessage, type AIMessageChunk, type BaseMessage, HumanMessage, ToolMessage } from '@langchain/core/messages';
import {
  createOfflinePlanner,
  type OfflinePlannerSettings,
} from '#server/runtime/models/offline-planner/offline-planner.ts';

export type ScriptedTool = {
  type: 'function';
  function: { name: string; description: string; parameters: Record<string, unknown> };
};
export type ScriptedCall = { name: string; args: Record<string, unknown> };

export function tool(name: string, description: string, parameters: Record<string, unknown>): ScriptedTool {
  return { type: 'function', function: { name, description, parameters } };
}

const text = (description = '') => ({ type: 'string', description });
const object = (properties: Record<string, unknown>, required: string[]) => ({
  type: 'object',
  properties,
  required,
  additionalProperties: false,
});

/** Tools with the parameters of the hub's own, described in English only. */
export const hubTools = [
  tool(
    'calculator',
    'Evaluates an arithmetic expression with exact decimals.',
    object({ expression: text('The expression, with numbers and operators only.') }, ['expression']),
  ),
  tool(
    'time',
    'Tells the current date and time in any time zone, converts between time zones, finds the difference between two dates, and adds durations to dates.',
    object(
      {
        action: { enum: ['now', 'convert', 'difference', 'add'], default: 'now', type: 'string' },
        timeZone: { ...text('IANA time zone.'), default: 'UTC' },
        toTimeZone: text('For convert: the zone to show the time in.'),
        time: text('The time. Now when left out.'),
        until: text('For difference: the end.'),
        duration: object({ days: { type: 'integer' }, hours: { type: 'integer' } }, []),
      },
      [],
    ),
  ),
  tool(
    'read-web-page',
    'Fetches one web page and returns its title and main text.',
    object({ url: text('The full address of the page.'), startAt: { type: 'integer', default: 0 } }, ['url']),
  ),
  tool(
    'chart',
    'Draws a bar, line, area, point or pie chart from rows of data.',
    object(
      {
        title: text('The title of the chart.'),
        kind: { type: 'string', enum: ['bar', 'line', 'area', 'point', 'pie'], default: 'bar' },
        data: { type: 'array', items: { type: 'object' } },
        x: text(),
        y: { anyOf: [{ type: 'string' }, { type: 'array', items: { type: 'string' } }] },
        series: text(),
        specification: { type: 'object' },
      },
      ['title'],
    ),
  ),
  tool(
    'generate-image',
    'Makes one image from a description.',
    object(
      { prompt: text('What the image shows.'), size: { enum: ['1024x1024', '1536x1024'], default: '1024x1024' } },
      ['prompt'],
    ),
  ),
  tool(
    'token-balance',
    'Reads the native or ERC-20 balance of an address on a chain.',
    object(
      {
        chain: text('The chain.'),
        address: text('The address or ENS name.'),
        token: text('An ERC-20 token; native when left out.'),
      },
      ['chain', 'address'],
    ),
  ),
  tool(
    'explain-transaction',
    'Explains what a transaction did: calls, transfers, events, fee.',
    object({ chain: text(), hash: text() }, ['chain', 'hash']),
  ),
];

/** Runs whole turns: streams the planner, answers its calls with `answer`, until it writes text. */
export async function converse(
  requests: string[],
  tools: ScriptedTool[],
  answer: (call: ScriptedCall) => string | { error: string } | Promise<string | { error: string }>,
  settings: OfflinePlannerSettings = {},
): Promise<{ calls: ScriptedCall[]; texts: string[] }> {
  const model = createOfflinePlanner({ now: () => new Date('2026-11-23T12:00:00Z'), ...settings }).bindTools(tools);
  const history: BaseMessage[] = [];
  const calls: ScriptedCall[] = [];
  const texts: string[] = [];
  for (const request of requests) {
    history.push(new HumanMessage(request));
    const turn: BaseMessage[] = [];
    for (let step = 0; step < 8; step += 1) {
      const message = await gather(await model.stream([...history, ...turn]));
      const [call] = message.tool_calls ?? [];
      if (call === undefined) {
        texts.push(message.text);
        history.push(new AIMessage(message.text));
        break;
      }
      const { name, args } = call;
      calls.push({ name, args });
      const result = await answer({ name, args });
      const isError = typeof result !== 'string';
      turn.push(
        new AIMessage({ content: '', tool_calls: [call] }),
        new ToolMessage({
          tool_call_id: call.id ?? '',
          name,
          content: isError ? JSON.stringify(result) : result,
          status: isError ? 'error' : 'success',
        }),
      );
    }
  }
  return { calls, texts };
}

/** All chunks of a stream as one message. */
export async function gather(stream: AsyncIterable<AIMessageChunk>): Promise<AIMessageChunk> {
  let whole: AIMessageChunk | undefined;
  for await (const chunk of stream) whole = whole?.concat(chunk) ?? chunk;
  if (whole === undefined) throw new Error('The stream was empty.');
  return whole;
}

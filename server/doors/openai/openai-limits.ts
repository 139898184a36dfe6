import { z } from 'zod';

const own = 'Tools run inside the hub: give them to the agent in its builder, and leave this out.';
const form = 'The agent decides the form of its answer: set it in its builder, and leave this out.';
const choice = 'The agent decides when it uses its tools. Send "auto" or leave this out.';
const probabilities = 'The hub tells no probabilities of words. Leave this out.';

const notTaken = (message: string) => z.null({ error: message }).optional();
const noneTaken = (message: string) => z.array(z.never({ error: message }), { error: message }).nullish();
const onlyText = z.object({ type: z.literal('text', { error: form }) }, { error: form }).nullish();

/** The calls that a run asks its person with; a client that answers them may name them as its tools. */
const AnsweredCall = z.enum(['approve_tool_call', 'answer_form'], { error: own });
const toolChoice = z.enum(['auto', 'none'], { error: choice }).nullish();

/** What would be answered otherwise than asked, so it is refused by its name: of a chat completion. */
export const chatLimits = {
  n: z.literal(1, { error: 'An agent gives one answer at a time. Send 1 or leave this out.' }).nullish(),
  stop: noneTaken('An agent is not stopped at a text. Leave this out.'),
  response_format: onlyText,
  tools: z.array(z.object({ function: z.object({ name: AnsweredCall }, { error: own }) }), { error: own }).nullish(),
  tool_choice: toolChoice,
  functions: noneTaken(own),
  function_call: toolChoice,
  web_search_options: notTaken('Give the agent a tool that reads the web, and leave this out.'),
  logprobs: z.literal(false, { error: probabilities }).nullish(),
  top_logprobs: z.literal(0, { error: probabilities }).nullish(),
  logit_bias: z
    .record(z.string(), z.never({ error: 'The hub makes no word likelier than another. Leave this out.' }))
    .nullish(),
  modalities: z
    .array(z.literal('text', { error: 'Agents answer with text. Send ["text"] or leave this out.' }))
    .nullish(),
  audio: notTaken('Agents answer with text. Leave this out.'),
};

/** What would be answered otherwise than asked, so it is refused by its name: of a response. */
export const responseLimits = {
  background: z
    .literal(false, {
      error: 'Here a run ends with its request. POST /api/agents/{agent}/runs starts one that goes on.',
    })
    .nullish(),
  conversation: notTaken('Send "previous_response_id" to go on with a conversation.'),
  prompt: notTaken('The agent has its instructions; send your own as "instructions".'),
  text: z.object({ format: onlyText }).nullish(),
  tools: z.array(z.object({ name: AnsweredCall }), { error: own }).nullish(),
  tool_choice: toolChoice,
  top_logprobs: z.literal(0, { error: probabilities }).nullish(),
};

/** The limits in words, for the API's description. */
export function describeLimits(limits: Record<string, unknown>): string {
  const names = Object.keys(limits).map((name) => `\`${name}\``);
  return (
    `**Refused** by name, because the answer would be another than was asked for: ${names.join(', ')}, unless they say ` +
    'what holds anyway. **Left to the agent**, and ignored: how its model is tuned and how long it may answer (' +
    '`temperature`, `top_p`, `max_tokens`, `reasoning`, `seed`, `service_tier`, `truncation` …), and every member that ' +
    'the hub does not know. `store: false` begins a temporary conversation: never listed, and gone a day later.'
  );
}

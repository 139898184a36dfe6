import { z } from 'zod';
import { type CallableAgent, toAgentToolFrame } from './agent-tool.ts';
import { defineTool, type ToolContext } from './tool.ts';

/** Named as where an agent is called, so that a person may edit either in the same way. */
const Input = z.strictObject({
  task: z
    .string()
    .trim()
    .min(1)
    .max(4000)
    .describe('A short brief: what is wanted, and what you found or did so far. It is also given the conversation.'),
});

/** What the tool of an agent that may take over is called, unless its creator gave it a name. */
export const toHandOverName = (handle: string) => `hand_over_to_${handle}`;

/**
 * Hands the conversation over to another agent: it answers the rest of the turn and the turns that follow.
 *
 * @param settings.take - throws where it cannot take over
 */
export function createHandOverTool({
  handle,
  name,
  description,
  take,
}: Pick<CallableAgent, 'handle' | 'name' | 'description'> & {
  take: (brief: string, context: ToolContext) => Promise<void>;
}) {
  const does = `Hands the conversation over to the agent "${name}", which answers from then on instead of you.`;
  const text = `${does} Use it when that agent fits better than you; say nothing afterwards. ${description}`.trim();
  return defineTool({
    ...toAgentToolFrame({ handle, name }, text),
    untrusted: false,
    input: Input,
    output: z.object({ agent: z.string() }),
    timeoutMs: 10_000,
    maximumResultBytes: 4_000,
    intent: (_, language) => (language === 'zh' ? `转交给 ${name}` : `Handing over to ${name}`),
    run: async ({ task }, context) => {
      await take(task, context);
      return { output: { agent: name }, text: `"${name}" answers from here.` };
    },
  });
}

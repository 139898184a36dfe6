import { z } from 'zod';
import { agentToolPrefix } from '#server/contract/identifier.ts';
import type { AgentFrame } from '#server/contract/run-checkpoint.ts';
import type { RunEvent, Source } from '#server/contract/run-event.ts';
import { HubError } from '#server/hub-error.ts';
import { defineTool, type ToolContext } from './tool.ts';
import { toToolSummary } from './tool-schema.ts';

/** An agent that another one may call, as its owner may use it. */
export type CallableAgent = {
  id: string;
  handle: string;
  name: string;
  description: string;
  maximumSeconds: number;
  /**
   * Runs one turn of it on a task, without the talk that it is called from, or goes on with one that waited.
   *
   * @throws {HubError} what its run fails with
   */
  run: (task: string, context: ToolContext) => AsyncGenerator<RunEvent, CallOutcome>;
};

/** `waits`: the agent has not answered but waits for a person. */
type CallOutcome = { output?: string; waits: Pick<AgentFrame, 'agent' | 'turn'> | null };

/** What an agent is given to do. */
export const AgentTask = z.strictObject({
  task: z
    .string()
    .trim()
    .min(1)
    .max(32_000)
    .describe('The whole task, with every fact that it needs: this agent sees nothing of the conversation.'),
});
const Output = z.object({ agent: z.string(), answer: z.string() });

/** An agent that can be called, as the catalogue shows it. */
export function toAgentToolSummary({
  handle,
  name,
  description,
}: Pick<CallableAgent, 'handle' | 'name' | 'description'>) {
  const run = (): never => {
    throw new HubError('tool_unavailable', { en: 'An agent is called in a run.', zh: '智能体只能在运行中调用。' });
  };
  return toToolSummary(createAgentTool({ id: handle, handle, name, description, maximumSeconds: 1, run }));
}

/** What a tool that is an agent shows of it, whatever the tool does with it. */
export const toAgentToolFrame = ({ handle, name }: Pick<CallableAgent, 'handle' | 'name'>, text: string) => ({
  id: `${agentToolPrefix}${handle}`,
  title: { en: name, zh: name },
  description: { en: text, zh: text },
  category: 'agents' as const,
  effect: 'read' as const,
  onlyInRuns: {
    en: 'An agent is not called by hand: talk to it, which is the same and shows its steps.',
    zh: '智能体不能手动调用：直接与它对话即可，效果相同，还能看到它的步骤。',
  },
});

/**
 * An agent as a tool of another: it gets a task and answers with text. Its own tool calls, sources and artifacts are told as
 * part of the run, below the call; what it costs counts for the run.
 */
export function createAgentTool({ handle, name, description, maximumSeconds, run }: CallableAgent) {
  const text = `Asks the agent "${name}". ${description}`.trim();
  return defineTool({
    ...toAgentToolFrame({ handle, name }, text),
    // What it says may repeat what strangers wrote.
    untrusted: true,
    input: AgentTask,
    output: Output,
    timeoutMs: maximumSeconds * 1000,
    // To tell what the call of a model took that is under way.
    graceMs: 2000,
    maximumResultBytes: 32_000,
    intent: ({ task }, language) => {
      const short = task.length > 60 ? `${task.slice(0, 59)}…` : task;
      return language === 'zh' ? `请 ${name} 处理：${short}` : `Asking ${name}: ${short}`;
    },
    run: async ({ task }, context) => {
      const startedAt = performance.now();
      const before = context.resumed?.frame ?? { said: '', sources: [], workedMs: 0 };
      const { output, waits, said, sources: numbered } = await follow(run(task, context), context, before);
      if (waits !== null) {
        const workedMs = before.workedMs + performance.now() - startedAt;
        const frame = { ...waits, said, sources: numbered, workedMs, note: null };
        return { output: { agent: name, answer: '' }, frame };
      }
      const answer = nameSources(output ?? said, numbered);
      const sources = numbered.map(({ number: _, ...source }) => source);
      if (answer === '')
        throw new HubError('unavailable', { en: `${name} gave no answer.`, zh: `${name} 没有给出回答。` });
      return { output: { agent: name, answer }, text: answer, sources };
    },
  });
}

async function follow(
  events: AsyncGenerator<RunEvent, CallOutcome>,
  { emit }: ToolContext,
  before: Pick<AgentFrame, 'said' | 'sources'>,
) {
  const sources: Source[] = [...before.sources];
  let { said } = before;
  for (let next = await events.next(); ; next = await events.next()) {
    if (next.done === true) return { ...next.value, said, sources };
    const event = next.value;
    if (event.type === 'text-delta') said += event.text;
    else if (event.type === 'source') sources.push(event.source);
    else if (isTold(event)) emit?.(event);
  }
}

/** Its reasoning stays its own; the call's result and its sources are told by who called it. */
const isTold = ({ type }: RunEvent) => type !== 'reasoning-delta' && type !== 'run-start' && type !== 'run-end';

/** Numbers of its own would be mistaken for the caller's. */
function nameSources(text: string, sources: Source[]): string {
  return text.replace(/\[(\d{1,3})\]/g, (mark, digits: string) => {
    const source = sources.find(({ number }) => number === Number(digits));
    return source === undefined ? mark : `(${source.title})`;
  });
}

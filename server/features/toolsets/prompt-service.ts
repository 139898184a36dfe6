import type { Actor } from '#server/contract/actor.ts';
import type { AgentDefinition, AgentTool } from '#server/contract/agent-definition.ts';
import { isObject } from '#server/contract/is-object.ts';
import type { AgentPrompt, FilledPrompt, FillPromptInput, OfferedPrompt } from '#server/contract/prompt.ts';
import type { OpenTool } from './open-tools.ts';
import { promptIncomplete, promptNotFound } from './toolset-errors.ts';

type Version = number | 'draft' | undefined;
type Needs = {
  /** An agent that the actor may run. @throws {HubError} `not_found`, `forbidden` */
  resolveAgent: (
    actor: Actor,
    agent: string,
    version?: number | 'draft',
  ) => Promise<{ agent: { ownerId: string | null }; definition: AgentDefinition }>;
  openTools: (ownerId: string, ids: string[]) => Promise<OpenTool[]>;
  /** @throws {HubError} what the server fails with */
  fillPrompt: (
    toolset: OpenTool['toolset'],
    request: { name: string; parameters: Record<string, string>; signal: AbortSignal },
  ) => Promise<FilledPrompt>;
};
type Given = { setting: AgentTool; open: OpenTool; prompts: OfferedPrompt[] };

const longestText = 200_000;

/**
 * Prompts of MCP servers for the people who talk to an agent: those that the agent itself may have filled in, with what its
 * creator fixed. What comes of one is the person's to read and send.
 */
export function createPromptService({ resolveAgent, openTools, fillPrompt }: Needs) {
  async function findGiven(actor: Actor, reference: string, version: Version): Promise<Given[]> {
    const { agent, definition } = await resolveAgent(actor, reference, version);
    const ids = definition.tools.map(({ id }) => id);
    const found = await openTools(agent.ownerId ?? actor.userId, ids);
    return found.flatMap((open) => {
      const { invocation } = open.tool;
      const setting = definition.tools.find(({ id }) => id === open.id);
      if (invocation.kind !== 'mcp-prompt' || setting === undefined || open.toolset.needsSignIn) return [];
      return [{ setting, open, prompts: invocation.prompts.flatMap((prompt) => asFixed(prompt, setting)) }];
    });
  }

  return {
    listPrompts: async (actor: Actor, agent: string, version: Version): Promise<AgentPrompt[]> =>
      (await findGiven(actor, agent, version)).flatMap(({ open, prompts }) =>
        prompts.map((prompt) => ({ ...prompt, tool: open.id, toolset: open.toolset.name })),
      ),

    /** @throws {HubError} `not_found`, `validation_failed`, what the server fails with */
    fillPrompt: async (
      actor: Actor,
      agent: string,
      { tool, name, arguments: given, version }: FillPromptInput,
      signal: AbortSignal,
    ): Promise<FilledPrompt> => {
      const found = (await findGiven(actor, agent, version)).find(({ open }) => open.id === tool);
      const prompt = found?.prompts.find((offered) => offered.name === name);
      if (found === undefined || prompt === undefined) throw promptNotFound(name);
      const asked = prompt.parameters.flatMap((parameter) => {
        const value = given[parameter.name];
        return value === undefined ? [] : [[parameter.name, value] as const];
      });
      const parameters = { ...Object.fromEntries(asked), ...fixedArguments(found.setting) };
      checkArguments(prompt, parameters);
      const { text, leftOut } = await fillPrompt(found.open.toolset, { name, parameters, signal });
      return { text: text.slice(0, longestText), leftOut };
    },
  };
}
export type PromptService = ReturnType<typeof createPromptService>;

/** The prompt without what its agent's creator decided; none where they decided for another one. */
function asFixed(prompt: OfferedPrompt, setting: AgentTool): OfferedPrompt[] {
  const { name } = setting.fixedParameters;
  if (name !== undefined && name !== prompt.name) return [];
  const fixed = fixedArguments(setting);
  return [{ ...prompt, parameters: prompt.parameters.filter((parameter) => !Object.hasOwn(fixed, parameter.name)) }];
}

function fixedArguments({ fixedParameters }: AgentTool): Record<string, string> {
  const fixed = fixedParameters['arguments'];
  if (!isObject(fixed)) return {};
  return Object.fromEntries(
    Object.entries(fixed).map(([name, value]) => [name, typeof value === 'string' ? value : JSON.stringify(value)]),
  );
}

function checkArguments({ parameters }: OfferedPrompt, given: Record<string, string>): void {
  const missing = parameters.filter(({ name, isRequired }) => isRequired && (given[name] ?? '').trim() === '');
  if (missing.length === 0) return;
  throw promptIncomplete(missing.map(({ name }) => name));
}

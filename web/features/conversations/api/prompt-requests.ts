import { queryOptions } from '@tanstack/react-query';
import { z } from 'zod';
import { AgentPrompt, FilledPrompt, type FillPromptInput } from '#server/contract/prompt.ts';
import { request } from '#web/lib/api-client.ts';

const Prompts = z.object({ items: z.array(AgentPrompt) });
const pathOf = (agent: string) => `/api/agents/${encodeURIComponent(agent)}/prompts`;

/** The prompts that a message to the agent can begin with. */
export function agentPromptsQuery(agent: string, version: FillPromptInput['version']) {
  return queryOptions({
    queryKey: ['agents', 'prompts', agent, version ?? null] as const,
    queryFn: ({ signal }) => request({ path: pathOf(agent), query: { version }, schema: Prompts, signal }),
    staleTime: 60_000,
  });
}

export function fillPrompt(agent: string, input: FillPromptInput, signal: AbortSignal): Promise<FilledPrompt> {
  return request({ path: pathOf(agent), method: 'POST', body: input, schema: FilledPrompt, signal });
}

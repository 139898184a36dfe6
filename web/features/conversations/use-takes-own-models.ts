import { useQuery } from '@tanstack/react-query';
import type { Agent } from '#server/contract/agent.ts';
import type { NamedAgent } from '#server/contract/run-event.ts';
import { answeringAgentQuery } from './api/conversation-queries.ts';

/** Whether the person may have who answers use a model of their own. `answering`: another agent that took over. */
export function useTakesOwnModels(agent: Agent, answering: NamedAgent | null): boolean {
  const other = useQuery({ ...answeringAgentQuery(answering?.handle ?? ''), enabled: answering !== null });
  return (answering === null ? agent : other.data)?.can.useOwnModels ?? false;
}

import { useQuery } from '@tanstack/react-query';
import type { Agent, AgentSummary } from '#server/contract/agent.ts';
import type { NamedAgent } from '#server/contract/run-event.ts';
import { answeringAgentQuery } from './api/conversation-queries.ts';

/** Another agent that took the conversation over; null where the chat's own answers. */
function useOther(agent: Agent, answering: NamedAgent | null) {
  const other = answering === null || answering.id === agent.id ? null : answering;
  const found = useQuery({ ...answeringAgentQuery(other?.handle ?? ''), enabled: other !== null });
  return other === null ? null : { named: other, found: found.data ?? null };
}

/** Who answers, with their picture; the chat's own agent where nobody took over. */
export function useAnsweringAgent(
  agent: Agent,
  answering: NamedAgent | null,
): Pick<AgentSummary, 'handle' | 'name' | 'avatar'> {
  const other = useOther(agent, answering);
  if (other === null) return agent;
  const { named, found } = other;
  return found ?? { ...named, avatar: { kind: 'drawn', style: 'shapes', seed: named.name, color: '#475569' } };
}

/** Whether the person may have who answers use a model of their own. */
export function useTakesOwnModels(agent: Agent, answering: NamedAgent | null): boolean {
  const other = useOther(agent, answering);
  return other === null ? agent.can.useOwnModels : (other.found?.can.useOwnModels ?? false);
}

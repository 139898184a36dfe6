import { useQuery } from '@tanstack/react-query';
import type { Agent, AgentSummary } from '#server/contract/agent.ts';
import type { NamedAgent } from '#server/contract/run-event.ts';
import { answeringAgentQuery } from './api/conversation-queries.ts';

/** Who answers, with their picture; the chat's own agent where nobody took over. */
export function useAnsweringAgent(
  agent: Agent,
  answering: NamedAgent | null,
): Pick<AgentSummary, 'handle' | 'name' | 'avatar'> {
  const other = answering === null || answering.id === agent.id ? null : answering;
  const found = useQuery({ ...answeringAgentQuery(other?.handle ?? ''), enabled: other !== null });
  if (other === null) return agent;
  return found.data ?? { ...other, avatar: { kind: 'drawn', style: 'shapes', seed: other.name, color: '#475569' } };
}

import { useQuery } from '@tanstack/react-query';
import { toShownAgent, toShownName } from '#server/contract/agent-translation.ts';
import type { Agent, AgentSummary } from '#server/contract/agent.ts';
import type { NamedAgent } from '#server/contract/run-event.ts';
import { useLanguage } from '#web/lib/i18n/use-translation.ts';
import { answeringAgentQuery } from './api/conversation-queries.ts';

/** Who answers, with their picture; the chat's own agent where nobody took over. */
export function useAnsweringAgent(
  agent: Agent,
  answering: NamedAgent | null,
): Pick<AgentSummary, 'handle' | 'name' | 'avatar'> {
  const other = answering === null || answering.id === agent.id ? null : answering;
  const language = useLanguage();
  const found = useQuery({ ...answeringAgentQuery(other?.handle ?? ''), enabled: other !== null });
  if (other === null) return agent;
  return (
    (found.data && toShownAgent(found.data, language)) ?? {
      ...other,
      name: toShownName(other, language),
      avatar: { kind: 'drawn', style: 'shapes', seed: other.name, color: '#475569' },
    }
  );
}

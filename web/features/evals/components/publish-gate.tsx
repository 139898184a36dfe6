import { useQuery } from '@tanstack/react-query';
import type { Agent } from '#server/contract/agent.ts';
import { evalListQuery } from '#web/features/evals/api/eval-requests.ts';
import { EvalGateLine } from './eval-gate-line.tsx';

/** The gate, for where an agent is published; nothing where it has no tests and needs none. */
export function PublishGate({ agent }: { agent: Agent }) {
  const { data } = useQuery(evalListQuery(agent.id, agent.draftRevision));
  if (data === undefined || (data.items.length === 0 && !data.gate.required)) return null;
  return <EvalGateLine agent={agent.id} gate={data.gate} />;
}

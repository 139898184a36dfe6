import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { AgentVariable } from '#server/contract/agent-definition.ts';
import type { VariableValues } from '#server/contract/variable-values.ts';
import { conversationQuery } from './api/conversation-queries.ts';
import { findKept } from './variable-values.ts';

const none: VariableValues = {};

/** What the agent wants to know before it can answer: said here, or kept with the conversation, whichever device it was said on. */
export function useVariables(wanted: AgentVariable[], conversation: string | null) {
  const [given, give] = useState<VariableValues | null>(wanted.length === 0 ? none : null);
  const isEarlier = conversation !== null && given === null;
  const { data, isPending } = useQuery({ ...conversationQuery(conversation ?? ''), enabled: isEarlier });
  const values = given ?? (isEarlier && data ? findKept(wanted, data.variables) : null);
  return {
    values: values ?? none,
    areGiven: values !== null,
    /** The person is to say them: nothing else is known, or may still come. */
    areWanted: values === null && !(isEarlier && isPending),
    give,
  };
}

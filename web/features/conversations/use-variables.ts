import { useState } from 'react';
import type { AgentVariable } from '#server/contract/agent-definition.ts';
import { keepVariables, readVariables, type VariableValues } from './kept-variables.ts';

const none: VariableValues = {};

/** What the agent wants to know before it can answer, as far as the person has said it in this tab. */
export function useVariables(wanted: AgentVariable[], conversation: string | null) {
  const [values, setValues] = useState(() => {
    if (wanted.length === 0) return none;
    return conversation === null ? null : readVariables(conversation);
  });
  return {
    values: values ?? none,
    areGiven: values !== null,
    give: (given: VariableValues) => {
      if (conversation !== null) keepVariables(conversation, given);
      setValues(given);
    },
    /** A conversation began with them. */
    keepFor: (born: string) => {
      if (values !== null && wanted.length > 0) keepVariables(born, values);
    },
  };
}

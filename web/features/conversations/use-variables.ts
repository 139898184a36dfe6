import { useState } from 'react';
import type { AgentVariable } from '#server/contract/agent-definition.ts';
import { areOptional, keepVariables, readVariables, toDefaultValues, type VariableValues } from './kept-variables.ts';

const none: VariableValues = {};

/** What the agent wants to know before it can answer, as far as the person has said it in this browser. */
export function useVariables(wanted: AgentVariable[], conversation: string | null) {
  const [values, setValues] = useState(() => {
    if (wanted.length === 0) return none;
    if (conversation === null) return null;
    // What need not be said is not asked for once more, for example on another device.
    return readVariables(conversation) ?? (areOptional(wanted) ? toDefaultValues(wanted) : null);
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

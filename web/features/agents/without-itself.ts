import { agentToolPrefix } from '#server/contract/identifier.ts';

/** The tools that an agent can be given: not itself, which no run would call. */
export const withoutItself = <Tool extends { id: string }>(tools: readonly Tool[], handle: string): Tool[] =>
  tools.filter(({ id }) => id !== `${agentToolPrefix}${handle}`);

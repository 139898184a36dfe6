import type { Actor } from '#server/contract/actor.ts';

/** A key that is bound to agents has their tools, through them, and not its person's toolsets and connections. */
export const canCallByHand = ({ key }: Actor): boolean => key === null || key.agentIds.length === 0;

import type { Actor } from '#server/contract/actor.ts';

/** Whether all that is a person's may be reached: not by a visitor of an embedded agent, nor by a key for certain agents. */
export const isWholePerson = ({ visit, key }: Actor) =>
  visit === undefined && (key === null || key.agentIds.length === 0);

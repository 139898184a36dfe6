import { HubError } from '#server/hub-error.ts';

export const memoryNotFound = (id: string) => new HubError('not_found', `There is no memory "${id}" among yours.`);

export const memoryOff = () =>
  new HubError('conflict', 'This agent remembers nothing between conversations. Its owner can turn its memory on.');

export const notTheOwner = () =>
  new HubError('forbidden', 'What this agent remembers is for everybody who uses it. Only its owner can add to it.');

export const memoryFull = (maximumFacts: number) =>
  new HubError(
    'conflict',
    `The memory is full: it holds ${maximumFacts} facts, each written by the person. One must be deleted first.`,
  );

export const factKnown = () => new HubError('conflict', 'This is remembered already.');

import { HubError } from '#server/hub-error.ts';

export const notOnHub = (reference: string) =>
  new HubError('not_found', `There is no agent "${reference.slice(0, 64)}" that you can see.`);

export const reviewNotFound = (id: string) => new HubError('not_found', `There is no review "${id.slice(0, 64)}".`);

export const noReviewOfYours = () => new HubError('not_found', 'You have not reviewed this agent.');

export const ownAgent = (what: 'review' | 'report') =>
  new HubError('forbidden', `This agent is your own: others ${what} it.`);

export const reviewWithoutUse = () =>
  new HubError('forbidden', 'Only people who used this agent review it. Finish a run with it first.');

export const notYoursToAnswer = () =>
  new HubError('forbidden', 'Only the owner of the agent answers what is said of it.');

export const answeredAlready = () =>
  new HubError('conflict', 'This review is answered already; it can be answered once.');

export const reportedAlready = () => new HubError('conflict', 'You have reported this agent already.');

export const reportNotFound = (id: string) =>
  new HubError('not_found', `There is no open report "${id.slice(0, 64)}".`);

export const notListed = (index: number, reference: string) =>
  new HubError(
    'validation_failed',
    `"${reference.slice(0, 64)}" does not stand on the hub, so it cannot be featured.`,
    {
      errors: [{ path: `body.agents.${index}`, message: 'This agent does not stand on the hub.' }],
    },
  );

export const notForTheHub = (handle: string) =>
  new HubError('conflict', `The owner of "${handle}" does not want it on the hub, so there is nothing to decide.`);

export const categoryNotFound = (slug: string) => new HubError('not_found', `There is no category "${slug}".`);

export const categoryTaken = (slug: string) =>
  new HubError('conflict', `There is a category "${slug}" already.`, {
    errors: [{ path: 'body.slug', message: 'Taken by another category.' }],
  });

export const categoryBuiltIn = (slug: string) =>
  new HubError('conflict', `The category "${slug}" came with the hub: it can be renamed or hidden, not deleted.`);

export const categoryUsed = (slug: string, agents: number) =>
  new HubError('conflict', `The category "${slug}" has agents in it (${agents}). Hide it, or have them moved first.`);

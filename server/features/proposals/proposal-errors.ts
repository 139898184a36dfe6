import { HubError } from '#server/hub-error.ts';

export const builderMissing = () =>
  new HubError(
    'unavailable',
    'The builder agent is not there: it was removed from this hub, or your key is bound to other agents.',
  );

export const noLanguageModel = () =>
  new HubError(
    'model_unavailable',
    'No language model is connected, and the offline planner writes no text. An administrator connects one under Models.',
  );

export const proposalNotFound = (id: string) => new HubError('not_found', `This talk has no proposal "${id}".`);

export const nothingWritten = () => new HubError('model_protocol_error', 'The model wrote nothing. Try again.');

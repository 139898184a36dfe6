import { HubError } from '#server/hub-error.ts';

export const connectionNotFound = (id: string) => new HubError('not_found', `There is no connection "${id}".`);

export const mostOwnConnections = 20;

export const tooManyConnections = () =>
  new HubError(
    'conflict',
    `You have ${mostOwnConnections} connections, as many as a person may have. Delete one first.`,
  );

export const hubConnectionsForAdministrators = () =>
  new HubError(
    'forbidden',
    'The hub’s connections are for its administrators. Connect your own with "personal": true.',
  );

export const keyBoundToAgents = () =>
  new HubError('forbidden', 'This API key is bound to agents and cannot make connections.');

export const connectionFromOutside = (name: string) =>
  new HubError('conflict', `"${name}" comes from the environment or from a local server. Change it there.`);

export const wishesNotConnected = (wishes: string[]) =>
  new HubError(
    'model_unavailable',
    `None of this agent's models is connected: ${wishes.join(', ')}. ` +
      'Its owner or an administrator connects one in Settings → Models, or the agent names another model.',
  );

export const modelUnknown = (reference: string) =>
  new HubError('validation_failed', `No connection offers "${reference}".`, {
    errors: [{ path: 'body.reference', message: 'Choose a reference of GET /api/models.' }],
  });

export const keyMissingForMove = () =>
  new HubError('validation_failed', 'The connection moves to another server, so its key is needed again.', {
    errors: [{ path: 'body.apiKey', message: 'Send the key for the new address.' }],
  });

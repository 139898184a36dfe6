import { HubError } from '#server/hub-error.ts';

export const chainNotFound = (id: number) => new HubError('not_found', `There is no chain ${id} here.`);

export const endpointNotFound = (id: string) => new HubError('not_found', `The chain has no endpoint "${id}".`);

export const chainKnown = (name: string) =>
  new HubError('conflict', `The hub already reads ${name}. Add an endpoint to it instead.`);

export const nameTaken = (name: string) =>
  new HubError('conflict', `Another chain is called "${name}". Choose another name.`);

export const chainOfHub = (name: string) =>
  new HubError('conflict', `${name} belongs to the hub: only its endpoints can be added to and removed.`);

export const endpointFromOutside = () =>
  new HubError('conflict', 'This endpoint comes from the hub or its environment (HUB_RPC_URLS). Change it there.');

export const lastEndpoint = (name: string) =>
  new HubError('conflict', `${name} has no other endpoint. Add another first, or remove the chain.`);

export const mostStoredEndpoints = 20;

export const tooManyEndpoints = () =>
  new HubError('conflict', `A chain has at most ${mostStoredEndpoints} endpoints of your own. Remove one first.`);

export const wrongChain = (told: number, wanted: number) => {
  const message = `This RPC answers for chain ${told}, not ${wanted}. Check the address and the chain's number.`;
  return new HubError('validation_failed', message, { errors: [{ path: 'body.url', message }] });
};

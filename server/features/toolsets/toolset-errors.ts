import { HubError } from '#server/hub-error.ts';

export const maximumToolsets = 100;

export const toolsetNotFound = (id: string) => new HubError('not_found', `There is no toolset "${id}" among yours.`);

export const mayNotManage = () =>
  new HubError('forbidden', 'Toolsets are for creators and administrators, and for keys that are bound to no agent.');

export const tooManyToolsets = () =>
  new HubError('conflict', `You have ${maximumToolsets} toolsets, as many as a person may have. Delete one first.`);

export const slugTaken = (slug: string) =>
  new HubError('conflict', `You already have a toolset "${slug}". Choose another short name.`);

export const serverMissing = () =>
  new HubError('validation_failed', 'The description names no server.', {
    errors: [{ path: 'body.serverUrl', message: 'Write where its operations are to be sent.' }],
  });

export const textMissing = () => new HubError('conflict', 'This description was pasted. Send the new one as "text".');

export const commandUnknown = (command: string) =>
  new HubError('validation_failed', 'The operator of this hub allows no such command.', {
    errors: [{ path: 'body.command', message: `HUB_MCP_COMMANDS does not name "${command}".` }],
  });

export const credentialMisfit = (path: string, message: string) =>
  new HubError('validation_failed', 'This credential cannot be used here.', { errors: [{ path, message }] });

export const toolUnknown = (names: string[]) =>
  new HubError('validation_failed', 'The toolset has no such tools.', {
    errors: names.slice(0, 50).map((name) => ({ path: 'body.enabled', message: `There is no tool "${name}".` })),
  });

export const signInNeeded = (name: string) =>
  new HubError(
    'tool_unavailable',
    `Somebody has to sign in with "${name}": open Toolsets in the hub and choose "Sign in".`,
  );

export const schemeMissing = (toolset: string, operation: string, needs: string[]) =>
  new HubError(
    'tool_unavailable',
    `${operation} needs ${needs.join(' or ')}, and the credential of "${toolset}" is another. Its owner can change it: open Toolsets in the hub and choose "Credential".`,
  );

export const signInUnknown = () =>
  new HubError('not_found', 'This sign-in was not begun here, is over, or belongs to somebody else. Begin it again.');

export const signInRefused = (name: string, reason: string) =>
  new HubError('conflict', `"${name}" did not sign you in: ${reason}. Begin again, or choose another credential.`);

export const noSignIn = () =>
  new HubError('conflict', 'This toolset has no sign-in. Give it the credential "authorization-code" first.');

export const noClientDocument = () =>
  new HubError('not_found', 'This hub has no address over https (HUB_URL), so services cannot read who it is.');

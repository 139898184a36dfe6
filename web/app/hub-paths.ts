import { paths } from './paths.ts';

/** Addresses that the hub's components are given. */
export const toHubPaths = (canCreate: boolean) => ({
  front: paths.home(),
  agent: paths.hubAgent,
  chat: (handle: string) => paths.chat(handle),
  edit: paths.editAgent,
  create: canCreate ? paths.newAgent() : null,
});

import { paths } from './paths.ts';

/** Addresses that the agents' components are given. */
export const agentPaths = {
  list: paths.agents(),
  create: paths.newAgent(),
  chat: (handle: string) => paths.chat(handle),
  edit: paths.editAgent,
  models: paths.models(),
  toolsets: paths.toolsets(),
};

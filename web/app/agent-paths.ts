import { paths } from './paths.ts';

/** Addresses that the agents' components are given. */
export const agentPaths = {
  list: paths.agents(),
  create: paths.newAgent(),
  chat: (handle: string) => paths.chat(handle),
  conversation: paths.conversation,
  edit: paths.editAgent,
  describe: (agent: string) => `${paths.editAgent(agent)}?view=describe`,
  models: paths.models(),
  toolsets: paths.toolsets(),
};

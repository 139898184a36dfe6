/** Where the pages of agents are; given by the page, because a feature knows no addresses. */
export type AgentPaths = {
  list: string;
  create: string;
  chat: (handle: string) => string;
  conversation: (handle: string, conversation: string) => string;
  edit: (agent: string) => string;
  /** The builder, with the talk open. */
  describe: (agent: string) => string;
  /** Where models are connected. */
  models: string;
  /** Where tools are brought from elsewhere. */
  toolsets: string;
};

/** Where the pages around the hub are; given by the page, because a feature knows no addresses. */
export type HubPaths = {
  front: string;
  agent: (handle: string) => string;
  chat: (handle: string) => string;
  edit: (agent: string) => string;
  /** Where one makes an agent of one's own; null for who may not. */
  create: string | null;
};

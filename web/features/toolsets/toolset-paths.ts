/** Where the toolsets' components lead to; given by the page, because a feature knows no addresses. */
export type ToolsetPaths = {
  list: string;
  one: (toolset: string) => string;
  /** Where services send people back to. */
  signedIn: string;
  /** Leaves the page for a service's own. */
  leave: (address: string) => void;
};

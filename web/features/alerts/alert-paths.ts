/** Where the alerts' components lead to; given by the page, because a feature knows no addresses. */
export type AlertPaths = { conversation: (handle: string, conversation: string) => string };

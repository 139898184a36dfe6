/** Where the triggers' components lead to; given by the page, because a feature knows no addresses. */
export type TriggerPaths = { conversation: (agent: string, conversation: string) => string };

/** Where the empty page is that shows an agent's HTML closed in. */
export const sandboxPath = '/sandbox';

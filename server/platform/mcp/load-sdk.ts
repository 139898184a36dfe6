/** The vendor's client: a few hundred kilobytes of code that a hub without MCP servers never reads. */
export const loadSdk = () => import('@modelcontextprotocol/client');

export type Sdk = Awaited<ReturnType<typeof loadSdk>>;

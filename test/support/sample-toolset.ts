import { noCredential, type ToolsetTool, type ToolsetWithTools } from '#server/contract/toolset.ts';

/** A tool of `sampleToolset`, with some of it replaced. */
export const sampleTool = (name: string, parts: Partial<ToolsetTool> = {}): ToolsetTool => ({
  id: `feed/${name}`,
  name,
  title: name.replaceAll('_', ' '),
  description: `Does ${name}.`,
  effect: 'read',
  isEnabled: true,
  operation: `GET /${name}`,
  inputSchema: { type: 'object', properties: {} },
  ...parts,
});

/** A toolset as `GET /api/toolsets/:toolset` answers: one tool that agents may use, and one that they may not. */
export const sampleToolset: ToolsetWithTools = {
  id: 't1',
  slug: 'feed',
  name: 'Price feed',
  kind: 'openapi',
  description: 'Prices of tokens.',
  sourceUrl: 'https://api.example.org/openapi.json',
  serverUrl: 'https://api.example.org/v1',
  credential: { ...noCredential, kind: 'api-key', in: 'query', name: 'apikey' },
  credentialHints: [],
  needsSignIn: false,
  toolCount: 2,
  enabledCount: 1,
  skipped: [{ operation: 'TRACE /x', reason: 'This method cannot be called.' }],
  problem: null,
  problemWords: null,
  loadedAt: '2026-11-20T10:00:00Z',
  createdAt: '2026-11-20T10:00:00Z',
  updatedAt: '2026-11-20T10:00:00Z',
  tools: [
    sampleTool('get_price'),
    sampleTool('set_alert', { effect: 'write', isEnabled: false, operation: 'POST /alerts' }),
  ],
};

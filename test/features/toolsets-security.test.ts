import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ToolsetWithTools } from '#server/contract/toolset.ts';
import { callTool, createToolset } from '#test/support/hub-toolsets.ts';
import { type Engine, startEngine } from '#test/support/run-engine.ts';
import { type SampleApi, startSampleApi } from '#test/support/sample-api.ts';

let api: SampleApi;
let engine: Engine;
let keys: ToolsetWithTools;

const operation = (operationId: string, security?: object[]) => ({
  get: { operationId, ...(security === undefined ? {} : { security }), responses: {} },
});

beforeAll(async () => {
  api = await startSampleApi();
  engine = await startEngine({ variables: { HUB_EGRESS_ALLOW: new URL(api.url).host } });
  const text = JSON.stringify({
    openapi: '3.1.0',
    info: { title: 'Keys', version: '1' },
    servers: [{ url: api.serverUrl }],
    security: [{ person: [] }],
    components: {
      securitySchemes: {
        person: { type: 'http', scheme: 'bearer' },
        admin: { type: 'apiKey', in: 'header', name: 'X-Admin' },
        seal: { type: 'mutualTLS' },
        visit: {
          type: 'oauth2',
          flows: {
            clientCredentials: { tokenUrl: 'https://id.example.org/token', scopes: { read: 'Reads' } },
            authorizationCode: {
              authorizationUrl: 'https://id.example.org/authorize',
              tokenUrl: 'https://id.example.org/token',
              scopes: { read: 'Reads', write: 'Writes' },
            },
          },
        },
      },
    },
    paths: {
      '/silent': operation('silent'),
      '/public': operation('public', []),
      '/optional': operation('optional', [{ admin: [] }, {}]),
      '/either': operation('either', [{ admin: [] }, { person: [] }]),
      '/admin': operation('admin', [{ admin: [] }]),
      '/both': operation('both', [{ admin: [], person: [] }]),
    },
  });
  keys = await createToolset(engine.ada, {
    kind: 'openapi',
    text,
    name: 'Keys',
    credential: { kind: 'bearer', token: 'a-bearer-token' },
  });
});
afterAll(async () => {
  await engine.close();
  await api.close();
});

const call = async (name: string) => (await callTool(engine.ada, `keys/${name}`)).body;

test('the ways to sign in that a description names are told, as credentials that lack only what is secret', () => {
  const tokenUrl = 'https://id.example.org/token';
  expect(keys.credentialHints).toMatchObject([
    { scheme: 'person', kind: 'bearer' },
    { scheme: 'admin', kind: 'api-key', in: 'header', name: 'X-Admin' },
    {
      scheme: 'visit',
      kind: 'authorization-code',
      authorizationUrl: 'https://id.example.org/authorize',
      tokenUrl,
      scopes: ['read', 'write'],
    },
    { scheme: 'visit', kind: 'client-credentials', authorizationUrl: null, tokenUrl },
  ]);
});

describe('what an operation says of signing in', () => {
  test.each([
    ['silent', 'Bearer a-bearer-token'],
    ['either', 'Bearer a-bearer-token'],
    ['public', undefined],
    ['optional', undefined],
  ])('is what is sent to it: %s', async (name, authorization) => {
    const { isError, request } = await call(name);
    expect(isError).toBe(false);
    expect(api.received.at(-1)?.headers['authorization']).toBe(authorization);
    expect(request?.headers['authorization']).toBe(authorization === undefined ? undefined : 'Bearer ••••••');
  });

  test.each(['admin', 'both'])(
    'is told in words where the credential is another, and nothing is sent: %s',
    async (name) => {
      const before = api.received.length;
      const { isError, output } = await call(name);
      expect(isError).toBe(true);
      expect(output).toMatchObject({ code: 'tool_unavailable' });
      expect(JSON.stringify(output)).toContain('\\"admin\\" (a key in the header \\"X-Admin\\")');
      expect(api.received).toHaveLength(before);
    },
  );
});

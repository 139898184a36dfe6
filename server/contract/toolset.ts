import { z } from 'zod';
import { Identifier, Timestamp, ToolsetSlug } from './identifier.ts';
import { JsonObject } from './json.ts';
import { LocalizedText } from './localized-text.ts';
import { OpenApiOperation } from './openapi-operation.ts';
import { PageQuery } from './page.ts';
import { OfferedPrompt } from './prompt.ts';

/** Where the tools of a toolset come from: an OpenAPI description, or a server of the Model Context Protocol. */
export const ToolsetKind = z.enum(['openapi', 'mcp']);
export type ToolsetKind = z.infer<typeof ToolsetKind>;

const HttpUrl = z
  .url({ protocol: /^https?$/, error: 'Write a whole address, such as "https://api.example.org/v1".' })
  .max(2000);
const Secret = z.string().min(1, 'Write the secret.').max(4000);
const HeaderName = z.string().regex(/^[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}$/, 'This is not the name of a header.');
const Scope = z.string().max(1000);

/** How a service is told who asks. Secrets are write-only: no answer returns them. */
export const ToolsetCredentialInput = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('none') }),
  z.strictObject({
    kind: z.literal('api-key'),
    in: z.enum(['header', 'query', 'cookie']),
    name: HeaderName,
    value: Secret,
  }),
  z.strictObject({ kind: z.literal('bearer'), token: Secret }),
  z.strictObject({ kind: z.literal('basic'), username: z.string().min(1).max(200), password: z.string().max(4000) }),
  /** OAuth 2.0 client credentials (RFC 6749, section 4.4). */
  z.strictObject({
    kind: z.literal('client-credentials'),
    tokenUrl: HttpUrl,
    clientId: z.string().min(1).max(500),
    clientSecret: Secret,
    scope: Scope.default(''),
  }),
  /** OAuth 2.1 authorization code with PKCE. An MCP server tells its addresses itself, and may take an unknown client. */
  z.strictObject({
    kind: z.literal('authorization-code'),
    authorizationUrl: HttpUrl.optional(),
    tokenUrl: HttpUrl.optional(),
    clientId: z.string().min(1).max(500).optional(),
    clientSecret: Secret.optional(),
    scope: Scope.default(''),
  }),
]);
export type ToolsetCredentialInput = z.infer<typeof ToolsetCredentialInput>;

/** What of a credential may be shown. */
export const ToolsetCredential = z.object({
  kind: z.enum(['none', 'api-key', 'bearer', 'basic', 'client-credentials', 'authorization-code']),
  in: z.enum(['header', 'query', 'cookie']).nullable(),
  name: z.string().nullable(),
  username: z.string().nullable(),
  authorizationUrl: z.string().nullable(),
  tokenUrl: z.string().nullable(),
  clientId: z.string().nullable(),
  scope: z.string().nullable(),
});
export type ToolsetCredential = z.infer<typeof ToolsetCredential>;

/** Nobody is told who asks. */
export const noCredential: ToolsetCredential = {
  kind: 'none',
  in: null,
  name: null,
  username: null,
  authorizationUrl: null,
  tokenUrl: null,
  clientId: null,
  scope: null,
};

/** A way to sign in that a description names: a credential without what only the person knows. */
export const CredentialHint = ToolsetCredential.extend({
  /** What the description calls it. */
  scheme: z.string(),
  /** Of OAuth: what can be asked for. */
  scopes: z.array(z.string()),
});
export type CredentialHint = z.infer<typeof CredentialHint>;

/** A tool as its source describes it, and how it is called: an operation, or what an MCP server has. */
export const StoredToolsetTool = z.object({
  name: z.string(),
  title: z.string(),
  description: z.string(),
  effect: z.enum(['read', 'write']),
  inputSchema: JsonObject,
  invocation: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('operation'), operation: OpenApiOperation }),
    z.object({ kind: z.enum(['mcp-tool', 'mcp-resource']) }),
    z.object({ kind: z.literal('mcp-prompt'), prompts: z.array(OfferedPrompt).default([]) }),
  ]),
});
export type StoredToolsetTool = z.infer<typeof StoredToolsetTool>;

export const ToolsetTool = z.object({
  /** As agents name it: `<toolset>/<tool>`. */
  id: z.string(),
  name: z.string(),
  title: z.string(),
  description: z.string(),
  effect: z.enum(['read', 'write']),
  /** Only enabled tools can be given to agents. */
  isEnabled: z.boolean(),
  /** `GET /prices/{symbol}`, of an operation. */
  operation: z.string().nullable(),
  /** JSON Schema 2020-12. */
  inputSchema: JsonObject,
});
export type ToolsetTool = z.infer<typeof ToolsetTool>;

export const Toolset = z.object({
  id: Identifier,
  slug: ToolsetSlug,
  name: z.string(),
  kind: ToolsetKind,
  description: z.string(),
  /** Where its description is, or its MCP server; null: the description was pasted. */
  sourceUrl: z.string().nullable(),
  /** Where its operations are sent; null for MCP. */
  serverUrl: z.string().nullable(),
  credential: ToolsetCredential,
  /** The ways to sign in that its description names; none of MCP, whose servers say so when they are asked. */
  credentialHints: z.array(CredentialHint),
  /** Whether somebody has to sign in with the service (`POST …/sign-in`) before it can be used. */
  needsSignIn: z.boolean(),
  toolCount: z.number().int(),
  enabledCount: z.number().int(),
  /** Operations, or tools of an MCP server, that could not be taken over, with the reason. */
  skipped: z.array(
    z.object({
      operation: z.string(),
      reason: z.string(),
      /** `reason` in the languages of the page; older ones were said in English alone. */
      words: LocalizedText.optional(),
    }),
  ),
  /** Why its tools could not be loaded the last time; null: they could. */
  problem: z.string().nullable(),
  problemWords: LocalizedText.nullable(),
  loadedAt: Timestamp.nullable(),
  createdAt: Timestamp,
  updatedAt: Timestamp,
});
export type Toolset = z.infer<typeof Toolset>;

export const ToolsetWithTools = Toolset.extend({ tools: z.array(ToolsetTool) });
export type ToolsetWithTools = z.infer<typeof ToolsetWithTools>;

const Name = z.string().trim().min(1, 'Give the toolset a name.').max(60);
const Description = z.string().max(20_000_000, 'A description may have 20 MB.');

export const CreateToolsetInput = z.discriminatedUnion('kind', [
  z
    .strictObject({
      kind: z.literal('openapi'),
      /** The description's own title unless told. */
      name: Name.optional(),
      /** Made from the name unless told. */
      slug: ToolsetSlug.optional(),
      /** The description itself, JSON or YAML; or where it is. */
      text: Description.optional(),
      url: HttpUrl.optional(),
      /** Instead of the description's first server. */
      serverUrl: HttpUrl.optional(),
      credential: ToolsetCredentialInput.default({ kind: 'none' }),
    })
    .refine(({ text, url }) => (text === undefined) !== (url === undefined), {
      message: 'Send either "text" or "url".',
      path: ['text'],
    }),
  z
    .strictObject({
      kind: z.literal('mcp'),
      name: Name.optional(),
      slug: ToolsetSlug.optional(),
      /** The server's address (Streamable HTTP). */
      url: HttpUrl.optional(),
      /** Instead of an address: the name of a command that the operator of this hub allows (`HUB_MCP_COMMANDS`). */
      command: z.string().min(1).max(60).optional(),
      credential: ToolsetCredentialInput.default({ kind: 'none' }),
    })
    .refine(({ url, command }) => (url === undefined) !== (command === undefined), {
      message: 'Send either "url" or "command".',
      path: ['url'],
    }),
]);
export type CreateToolsetInput = z.infer<typeof CreateToolsetInput>;

export const UpdateToolsetInput = z.strictObject({
  name: Name.optional(),
  serverUrl: HttpUrl.optional(),
  /** The whole credential anew. */
  credential: ToolsetCredentialInput.optional(),
  /** The names of the tools that agents can be given; all others cannot. */
  enabled: z.array(z.string().max(64)).max(5000).optional(),
});
export type UpdateToolsetInput = z.infer<typeof UpdateToolsetInput>;

/** The description anew, when it was pasted. */
export const LoadToolsetInput = z.strictObject({ text: Description.optional() });

export const ToolsetListQuery = PageQuery;

/** Where to send the person. */
export const SignInStart = z.object({ url: z.string() });

/** Who this hub is to the services that people sign in with (OAuth client id metadata document; names as in RFC 7591). */
export const OAuthClientDocument = z.object({
  client_id: z.string(),
  client_name: z.string(),
  client_uri: z.string(),
  redirect_uris: z.array(z.string()),
  grant_types: z.array(z.string()),
  response_types: z.array(z.string()),
  token_endpoint_auth_method: z.string(),
});
export type OAuthClientDocument = z.infer<typeof OAuthClientDocument>;

/** What the service sent the person back with. */
export const SignInEnd = z.strictObject({
  state: z.string().min(1).max(200),
  code: z.string().min(1).max(4000).optional(),
  /** RFC 9207. */
  iss: z.string().max(2000).optional(),
  error: z.string().max(200).optional(),
  error_description: z.string().max(2000).optional(),
});
export type SignInEnd = z.infer<typeof SignInEnd>;

/** A known service that needs no more than a key, or nothing. */
export const ToolsetPreset = z.object({
  id: z.string(),
  name: z.string(),
  kind: ToolsetKind,
  url: z.string().nullable(),
  command: z.string().nullable(),
  description: z.object({ en: z.string(), zh: z.string() }),
  /** The kind of credential that it asks for, with what is known of it. */
  credential: z.object({
    kind: ToolsetCredential.shape.kind,
    in: ToolsetCredential.shape.in,
    name: z.string().nullable(),
  }),
  /** Where people get a key. */
  helpUrl: z.string().nullable(),
});
export type ToolsetPreset = z.infer<typeof ToolsetPreset>;

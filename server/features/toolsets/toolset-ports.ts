import type { JsonObject } from '#server/contract/json.ts';
import type { StreamedBytes } from '#server/contract/lent-file.ts';
import type { OAuthGrant } from '#server/contract/oauth-grant.ts';
import type { OpenApiDescription, OpenApiMethod } from '#server/contract/openapi-operation.ts';

export type HttpRequest = {
  method: OpenApiMethod;
  url: string;
  headers: Record<string, string>;
  body: string | Uint8Array | (StreamedBytes & { shown: string }) | null;
};
export type HttpAnswer = { status: number; url: string; headers: Record<string, string>; bytes: Uint8Array };
export type HttpLimits = { signal: AbortSignal; maximumBytes: number; timeoutMs: number };

/** A tool, resource or prompt as an MCP server lists it. */
export type McpTool = {
  name: string;
  title: string | null;
  description: string;
  effect: 'read' | 'write';
  inputSchema: JsonObject;
};
export type McpProgress = { progress: number; total: number | null; message: string | null };
export type McpListing = {
  name: string;
  /** How long the server says that its list of tools holds. */
  timeToLiveMs: number | null;
  instructions: string | null;
  tools: McpTool[];
  /** The names of those that were left out. */
  omittedTools: string[];
  resources: { uri: string; name: string; description: string }[];
  resourceTemplates: { uriTemplate: string; name: string }[];
  prompts: {
    name: string;
    title: string | null;
    description: string;
    parameters: { name: string; description: string; isRequired: boolean }[];
  }[];
};

export type McpServer = {
  key: string;
  target:
    | { kind: 'http'; url: string; headers: Record<string, string> }
    | { kind: 'command'; command: string; parameters: string[] };
  authorization: {
    redirectUrl: string;
    clientMetadataUrl: string | null;
    clientName: string;
    scope: string | null;
    client: { id: string; secret: string | null } | null;
    load: () => Promise<JsonObject | null>;
    save: (state: JsonObject) => Promise<void>;
    onSignInNeeded: () => Promise<void>;
  } | null;
  onListChange: () => void;
};

/** What MCP servers answer is given on as it is; the runtime reads it. */
export type McpClients<Result, Resource, Prompt> = {
  describe: (server: McpServer, options: { signal: AbortSignal }) => Promise<McpListing>;
  callTool: (
    server: McpServer,
    call: {
      name: string;
      input: JsonObject;
      signal: AbortSignal;
      timeoutMs: number;
      reportProgress?: (progress: McpProgress) => void;
    },
  ) => Promise<Result>;
  readResource: (server: McpServer, request: { uri: string; signal: AbortSignal }) => Promise<Resource>;
  getPrompt: (
    server: McpServer,
    request: { name: string; parameters: Record<string, string>; signal: AbortSignal },
  ) => Promise<Prompt>;
  beginAuthorization: (server: McpServer, options: { state: string; signal: AbortSignal }) => Promise<{ url: string }>;
  finishAuthorization: (
    server: McpServer,
    answer: { code: string; issuer: string | null; signal: AbortSignal },
  ) => Promise<void>;
  forget: (key: string) => void;
};

type OAuthClient = { tokenUrl: string; clientId: string; clientSecret: string | null; signal: AbortSignal };

/** What the toolsets feature needs from the rest of the hub. */
export type ToolsetPorts<Result, Resource, Prompt> = {
  /** @throws {HubError} `validation_failed`, `egress_refused`, `unavailable`, `payload_too_large` */
  readDescription: (
    source: { text: string } | { url: string },
    options: { signal: AbortSignal },
  ) => Promise<OpenApiDescription>;
  mcp: McpClients<Result, Resource, Prompt>;
  oauth: {
    begin: (request: {
      authorizationUrl: string;
      clientId: string;
      scope: string;
      redirectUrl: string;
      state: string;
    }) => Promise<{ url: string; verifier: string }>;
    finish: (request: OAuthClient & { code: string; verifier: string; redirectUrl: string }) => Promise<OAuthGrant>;
    refresh: (request: OAuthClient & { grant: OAuthGrant }) => Promise<OAuthGrant>;
    clientCredentials: (request: OAuthClient & { scope: string }) => Promise<OAuthGrant>;
  };
  /** @throws {HubError} `egress_refused`, `unavailable`, `payload_too_large` */
  fetch: (request: HttpRequest, limits: HttpLimits) => Promise<HttpAnswer>;
  /** @throws {HubError} `egress_refused` */
  checkUrl: (url: string) => void;
  secrets: { seal: (text: string, context: string) => string; open: (envelope: string, context: string) => string };
  /** The MCP servers that the operator allows to be started here, by name. */
  commands: Record<string, { command: string; parameters: string[] }>;
  /** Where services send people back to after a sign-in. */
  redirectUrl: string;
  /** Where services read who this hub is; null, when they cannot reach it over https. */
  clientMetadataUrl: string | null;
  now: () => Date;
};

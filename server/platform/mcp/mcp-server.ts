import type { JsonObject, JsonValue } from '#server/contract/json.ts';

/** A server of the Model Context Protocol, and how this hub may speak to it. */
export type McpServer = {
  /** Same key: same server with the same credentials; connections and lists are kept by it. */
  key: string;
  target:
    | { kind: 'http'; url: string; headers: Record<string, string> }
    | { kind: 'command'; command: string; parameters: string[] };
  authorization: McpAuthorization | null;
  /** Called after a call in which the server said that its tools, resources or prompts are others now. */
  onListChange?: () => void;
};

/** How to sign in to a server, and where the state of that is kept. */
export type McpAuthorization = {
  redirectUrl: string;
  /** The hub's client id metadata document, when it has one that the internet can read; https. */
  clientMetadataUrl: string | null;
  clientName: string;
  /** What to ask for; null asks for what the server names. */
  scope: string | null;
  /** A client that a person registered with the provider by hand. */
  client: { id: string; secret: string | null } | null;
  load: () => Promise<JsonObject | null>;
  /** What is saved holds secrets: the caller seals it. */
  save: (state: JsonObject) => Promise<void>;
  /** Called when the server takes no token of the hub's any more, before the call fails. */
  onSignInNeeded: () => Promise<void>;
};

export type McpTool = {
  name: string;
  title: string | null;
  description: string;
  /** `read` only where the server says so. */
  effect: 'read' | 'write';
  inputSchema: JsonObject;
  outputSchema: JsonObject | null;
};

export type McpResource = {
  uri: string;
  name: string;
  title: string | null;
  description: string;
  mediaType: string | null;
};

export type McpResourceTemplate = Omit<McpResource, 'uri'> & { uriTemplate: string };

export type McpPrompt = {
  name: string;
  title: string | null;
  description: string;
  parameters: { name: string; description: string; isRequired: boolean }[];
};

/** What a server offers. All texts are a stranger's: cut to a length, without invisible characters, and nothing else. */
export type McpDescription = {
  name: string;
  version: string;
  protocolVersion: string;
  instructions: string | null;
  tools: McpTool[];
  /** The names of tools left out: beyond the limit, or with a name or a schema that is too big. */
  omittedTools: string[];
  resources: McpResource[];
  resourceTemplates: McpResourceTemplate[];
  prompts: McpPrompt[];
  /** How long the server says that its list of tools holds; null when it says nothing. */
  timeToLiveMs: number | null;
};

export type McpContent =
  | { type: 'text'; text: string }
  | { type: 'image' | 'audio'; mediaType: string; bytes: Uint8Array }
  | ({ type: 'resource' } & McpResourceContent)
  | ({ type: 'resource-link' } & McpResource);

export type McpResourceContent = {
  uri: string;
  mediaType: string | null;
  content: { text: string } | { bytes: Uint8Array };
};

export type McpResult = { isError: boolean; content: McpContent[]; structured: JsonValue | null };

export type McpProgress = { progress: number; total: number | null; message: string | null };

export type McpLimits = {
  connectMs: number;
  listMs: number;
  /** Pages of one list. */
  listPages: number;
  tools: number;
  /** Bytes of all that one call or listing may receive. */
  resultBytes: number;
  connections: number;
  idleMs: number;
  /** How long a stream that ended without a result may be taken up again. */
  resumeMs: number;
};

export const usualLimits: McpLimits = {
  connectMs: 15_000,
  listMs: 20_000,
  listPages: 50,
  tools: 500,
  resultBytes: 10 * 1024 * 1024,
  connections: 64,
  idleMs: 5 * 60_000,
  resumeMs: 10_000,
};

/** What people call the server in a message. */
export const shownName = ({ target }: McpServer): string =>
  target.kind === 'command' ? target.command : URL.canParse(target.url) ? new URL(target.url).host : target.url;

import { resolve } from 'node:path';
import { z } from 'zod';
import { OpenAIApi } from '#server/contract/model.ts';

const list = z
  .string()
  .default('')
  .transform((text) =>
    text
      .split(',')
      .map((entry) => entry.trim())
      .filter((entry) => entry !== ''),
  );
const Environment = z.object({
  PORT: z.coerce.number('Write a number from 0 to 65535.').int().min(0).max(65_535).default(3000),
  HOST: z.string().default('127.0.0.1'),
  HUB_URL: z.url({ protocol: /^https?$/, error: 'Write an address such as https://hub.example.' }).optional(),
  HUB_DATA_DIR: z.string().default('./data'),
  DATABASE_URL: z
    .url({ protocol: /^postgres(ql)?$/, error: 'Write postgresql://user:password@host:5432/database.' })
    .optional(),
  HUB_LOG: z.enum(['silent', 'error', 'warn', 'info', 'debug']).default('info'),
  HUB_RATE_LIMIT: z.enum(['on', 'off']).default('on'),
  HUB_TRUST_PROXY: z
    .union(
      [z.enum(['on', 'off']), z.coerce.number().int().min(0).max(10)],
      'Write on, off, or how many proxies there are.',
    )
    .default('off')
    .transform((value) => (value === 'on' ? 1 : value === 'off' ? 0 : value)),
  HUB_EGRESS_ALLOW: list,
  HUB_WAIT_HOURS: z.coerce.number().positive().max(2400).default(24),
  HUB_TITLES: z.enum(['model', 'words']).default('model'),
  HUB_LOCAL_MODELS: z.enum(['on', 'off']).default('on'),
  HUB_RPC_URLS: z
    .string()
    .default('{}')
    .transform((text, context) => {
      try {
        return z.record(z.string(), z.union([z.url(), z.array(z.url())])).parse(JSON.parse(text));
      } catch {
        context.addIssue('Write a JSON object such as {"ethereum":"https://rpc.example"}.');
        return z.NEVER;
      }
    }),
  HUB_ANVIL: z.string().optional(),
  HUB_SOURCIFY_URL: z.url().optional(),
  HUB_ETHERSCAN_URL: z.url().optional(),
  HUB_PRICES_URL: z.url().optional(),
  HUB_IPFS_GATEWAY: z.url().default('https://ipfs.io'),
  HUB_DUNE_URL: z.url().default('https://api.dune.com'),
  HUB_MCP_COMMANDS: z
    .string()
    .default('{}')
    .transform((text, context) => {
      try {
        return z.record(z.string().regex(/^[a-z0-9-]{1,60}$/), z.array(z.string()).min(1)).parse(JSON.parse(text));
      } catch {
        context.addIssue('Write a JSON object such as {"notes":["npx","-y","notes-mcp-server"]}.');
        return z.NEVER;
      }
    }),
  OPENAI_API_KEY: z.string().optional(),
  OPENAI_BASE_URL: z.url().optional(),
  OPENAI_API: OpenAIApi.optional(),
  ANTHROPIC_API_KEY: z.string().optional(),
  ANTHROPIC_BASE_URL: z.url().optional(),
  GOOGLE_API_KEY: z.string().optional(),
  GEMINI_API_KEY: z.string().optional(),
  GOOGLE_BASE_URL: z.url().optional(),
  MISTRAL_API_KEY: z.string().optional(),
  MISTRAL_BASE_URL: z.url().optional(),
  OPENAI_IMAGE_MODEL: z.string().default('gpt-image-1'),
});

/** The hub's settings from outside, checked once. */
export type HubEnvironment = ReturnType<typeof readEnvironment>;

/**
 * Reads and checks the environment. A variable that is empty counts as not set.
 *
 * @throws {Error} naming every variable that is wrong and what it must be
 */
export function readEnvironment(variables: NodeJS.ProcessEnv = process.env) {
  const given = Object.entries(variables).filter(([, value]) => value !== '');
  const result = Environment.safeParse(Object.fromEntries(given));
  if (!result.success) {
    const problems = result.error.issues.map((issue) => `  ${issue.path.join('.')}: ${issue.message}`);
    throw new Error(`The environment is not right:\n${problems.join('\n')}`);
  }
  const value = result.data;
  return {
    port: value.PORT,
    host: value.HOST,
    publicUrl: value.HUB_URL?.replace(/\/$/, ''),
    dataFolder: resolve(value.HUB_DATA_DIR),
    databaseUrl: value.DATABASE_URL,
    logLevel: value.HUB_LOG,
    rateLimit: value.HUB_RATE_LIMIT === 'on',
    /** How many proxies stand in front of the hub; so many addresses of `X-Forwarded-For` are believed. */
    trustedProxies: value.HUB_TRUST_PROXY,
    egressAllow: value.HUB_EGRESS_ALLOW,
    /** How long a run waits for a person's approval or for a form. */
    waitHours: value.HUB_WAIT_HOURS,
    /** Whether models name conversations after their first answer; else their first words do. */
    hasModelTitles: value.HUB_TITLES === 'model',
    findLocalModels: value.HUB_LOCAL_MODELS === 'on',
    rpcUrls: value.HUB_RPC_URLS,
    /** Where the program is looked for that runs the devnet. */
    anvil: { named: value.HUB_ANVIL, path: variables['PATH'] ?? '' },
    /** What is asked beside the chains: verified sources and prices; a key is part of its URL. */
    chainServices: {
      sourcifyUrl: value.HUB_SOURCIFY_URL,
      etherscanUrl: value.HUB_ETHERSCAN_URL,
      pricesUrl: value.HUB_PRICES_URL,
    },
    ipfsGateway: value.HUB_IPFS_GATEWAY.replace(/\/$/, ''),
    /** Where Dune is, for queries of people with a key of it. */
    duneUrl: value.HUB_DUNE_URL.replace(/\/$/, ''),
    /** MCP servers that may be started here, by name. */
    mcpCommands: Object.fromEntries(
      Object.entries(value.HUB_MCP_COMMANDS).map(([name, [command = '', ...parameters]]) => [
        name,
        { command, parameters },
      ]),
    ),
    openai: {
      apiKey: value.OPENAI_API_KEY,
      baseUrl: value.OPENAI_BASE_URL,
      api: value.OPENAI_API,
      imageModel: value.OPENAI_IMAGE_MODEL,
    },
    anthropic: { apiKey: value.ANTHROPIC_API_KEY, baseUrl: value.ANTHROPIC_BASE_URL },
    google: { apiKey: value.GOOGLE_API_KEY ?? value.GEMINI_API_KEY, baseUrl: value.GOOGLE_BASE_URL },
    mistral: { apiKey: value.MISTRAL_API_KEY, baseUrl: value.MISTRAL_BASE_URL },
  };
}

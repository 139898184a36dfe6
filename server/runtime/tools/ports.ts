import type { AuditReport, AuditSource } from '#server/contract/contract-audit.ts';
import type { JsonObject, JsonValue } from '#server/contract/json.ts';
import type { ModelPrice } from '#server/contract/model.ts';
import type { Usage } from '#server/contract/run-event.ts';
import type { RunMaterial } from './tool.ts';

/** One outgoing HTTP request; refused, capped and timed by the egress client behind it. */
export type ToolFetch = (
  url: string,
  init: {
    method?: 'GET' | 'POST';
    headers?: Record<string, string>;
    body?: string;
    signal: AbortSignal;
    maximumBytes: number;
    timeoutMs: number;
  },
) => Promise<{ status: number; url: string; headers: Record<string, string>; bytes: Uint8Array }>;

/** A page of the web as Markdown, read from the bytes that a server sent and what it said of them. */
export type ReadPage = (page: { bytes: Uint8Array; contentType: string; url: string; signal: AbortSignal }) => Promise<{
  title: string;
  markdown: string;
  byline: string | null;
  published: string | null;
  /** Whether there is more than could be read. */
  cut: boolean;
}>;

/** A chart drawn from a checked Vega-Lite 6 specification. */
export type DrawChart = (specification: JsonObject, options: { signal: AbortSignal }) => Promise<{ svg: string }>;

/** An image as an OpenAI-style images endpoint made it. */
export type CreateImage = (request: {
  prompt: string;
  size: string;
  modelOwnerId: string;
  signal: AbortSignal;
  /** Told who pays for it before it is asked for, as `payer`; throws where they may not. */
  beforeCall: (payer: string | null) => Promise<void>;
}) => Promise<{
  bytes: Uint8Array;
  mediaType: string;
  revisedPrompt: string | null;
  /** The model's reference. */
  model: string;
  /** Over whose own connection it was made; null: the hub's. */
  payer: string | null;
  /** Null where the endpoint does not say. */
  usage: Usage | null;
  price: ModelPrice;
}>;

/** A small version of an image; `original` is the size of the image itself. */
export type MakeThumbnail = (image: Uint8Array) => Promise<{
  bytes: Uint8Array;
  mediaType: string;
  width: number;
  height: number;
  original: { width: number; height: number };
}>;

/**
 * JavaScript run in a sandbox: no network, no files, no modules, limits on time, memory and output.
 *
 * @throws {HubError} `validation_failed`, saying in which line what went wrong and what to do
 */
export type RunCode = (
  task: { code: string; material: RunMaterial },
  options: { signal: AbortSignal },
) => Promise<{
  /** The value of the last expression; null, when it has none. */
  value: JsonValue;
  hasValue: boolean;
  printed: string;
  isPrintedCut: boolean;
  tables: { title: string; columns: string[]; rows: (string | number | boolean | null)[][] }[];
  charts: JsonObject[];
}>;

/** An exact amount: `raw` is the integer in the smallest unit, `formatted` the decimal number. */
export type ExactAmount = { raw: string; formatted: string; decimals: number; symbol: string };

export type ChainBlock = {
  chainId: number;
  chain: string;
  number: string;
  hash: string;
  timestamp: string;
  explorerUrl: string;
};

export type BalanceReading = {
  address: string;
  block: ChainBlock;
  token: { address: string; name: string } | null;
  amount: ExactAmount;
  explorerUrl: string;
};

export type TransactionExplanation = {
  hash: string;
  status: 'success' | 'reverted' | 'pending';
  block: ChainBlock | null;
  from: string;
  to: string | null;
  createdContract: string | null;
  value: ExactAmount;
  fee: ExactAmount | null;
  call: { name: string; arguments: { name: string; type: string; value: string }[] } | null;
  transfers: { token: string; tokenSymbol: string; from: string; to: string; amount: ExactAmount }[];
  events: { contract: string; name: string; arguments: { name: string; type: string; value: string }[] }[];
  warnings: string[];
  explorerUrl: string;
};

/** Reads chains; every figure carries its chain and block. Read-only: the hub holds no keys. */
export type ChainReader = {
  chains: () => { id: number; name: string; slug: string }[];
  readBalance: (request: {
    chain: string;
    address: string;
    token?: string | undefined;
    signal: AbortSignal;
  }) => Promise<BalanceReading>;
  explainTransaction: (request: {
    chain: string;
    hash: string;
    signal: AbortSignal;
  }) => Promise<TransactionExplanation>;
};

/** Reads Solidity sources and lets every detector look at them. @throws {HubError} when they take too much */
export type AuditContract = (files: AuditSource[], signal: AbortSignal) => Promise<AuditReport>;

/** All that the built-in tools are given; a port that is null makes its tools unavailable. */
export type ToolPorts = {
  now: () => Date;
  fetch: ToolFetch;
  readPage: ReadPage;
  drawChart: DrawChart;
  runCode: RunCode;
  createImage: CreateImage | null;
  makeThumbnail: MakeThumbnail;
  chains: ChainReader | null;
  auditContract: AuditContract;
};

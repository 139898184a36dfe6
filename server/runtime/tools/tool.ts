import type { z } from 'zod';
import type { Artifact, RunEvent, Source } from '#server/contract/run-event.ts';
import type { LocalizedText, SentRequest, ToolCategory } from '#server/contract/tool.ts';

/** What the hub lends to a running tool. Nothing else of the outside world is within reach. */
export type ToolContext = {
  signal: AbortSignal;
  /** Language of the person: `en` or `zh`. */
  language: 'en' | 'zh';
  /** Tells people how far a long call is. */
  reportProgress: (text: string) => void;
  /** Told of what happens in a call that is a run of its own. */
  emit?: ((event: RunEvent) => void) | undefined;
  /** What is left of the run's budget; null: no limit. */
  remaining?: (() => { maximumTokens: number | null; maximumUsd: number | null }) | undefined;
  /** Told of the request that a call came to, without its secrets; for who tries a tool by hand. */
  reportRequest?: ((request: SentRequest) => void) | undefined;
};

/** What a tool call brought. `output` is data for the model; untrusted text in it is marked by the runtime. */
export type ToolResult<Output> = {
  output: Output;
  /** Text for the model instead of `output` as JSON. */
  text?: string;
  /** Where the facts come from; the runtime numbers them. */
  sources?: Omit<Source, 'number'>[];
  artifacts?: Artifact[];
};

/**
 * A kind of tool: one file a tool, registered in `catalogue.ts`.
 *
 * `run` may throw: a `HubError`'s message goes to the model and the person as the result of the call, anything else as
 * "the tool failed". The runtime checks the input before and caps time and bytes around it.
 */
export type Tool<Input extends z.ZodType = z.ZodType, Output extends z.ZodType = z.ZodType> = {
  id: string;
  title: LocalizedText;
  /** What it does and when to use it; the model reads the English text. */
  description: LocalizedText;
  category: ToolCategory;
  /** The toolset that it belongs to, when it does not come with the hub. */
  toolset?: { id: string; name: string };
  effect: 'read' | 'write';
  /** True when its output holds text that strangers wrote. */
  untrusted: boolean;
  input: Input;
  output: Output;
  timeoutMs: number;
  maximumResultBytes: number;
  /** Why it cannot be used now, or null. */
  unavailable?: () => LocalizedText | null;
  /** One line for people about this call: "Reading example.org". */
  intent: (input: z.output<Input>, language: 'en' | 'zh') => string;
  run: (input: z.output<Input>, context: ToolContext) => Promise<ToolResult<z.output<Output>>>;
};

/** Keeps a tool's own types while it is written; the catalogue holds it as `Tool`. */
export function defineTool<Input extends z.ZodType, Output extends z.ZodType>(tool: Tool<Input, Output>): Tool {
  return tool;
}

/** Where a tool puts what it made, on behalf of the run's person. */
export type StoreFile = (file: {
  name: string;
  mediaType: string;
  bytes: Uint8Array;
}) => Promise<{ id: string; size: number }>;

import type { z } from 'zod';
import type { Form } from '#server/contract/form.ts';
import type { AgentFrame } from '#server/contract/run-checkpoint.ts';
import type { JsonValue } from '#server/contract/json.ts';
import type { NextCall } from '#server/contract/spent.ts';
import type { LentFile } from '#server/contract/lent-file.ts';
import type { Artifact, RunEvent, RunEventOf, Source } from '#server/contract/run-event.ts';
import type { LocalizedText } from '#server/contract/localized-text.ts';
import type { SentRequest, ToolCategory } from '#server/contract/tool.ts';
import type { OpenWait } from '#server/runtime/ask-person.ts';
import type { HandOver } from '#server/runtime/hand-over.ts';
import type { ResumedFrame } from '#server/runtime/turn-state.ts';
import type { AlertDesk, DataDesk } from './ports.ts';

/** What a run has to work on: the conversation's attached files, and what its tools brought so far. */
export type RunMaterial = {
  /** `isCut`: there is more of it than can be had here. */
  files: { name: string; text: string; isCut: boolean }[];
  /** In the order in which they came; failed calls are left out. */
  results: { call: string; tool: string; output: JsonValue }[];
};

/** What the hub lends to a running tool. Nothing else of the outside world is within reach. */
export type ToolContext = {
  signal: AbortSignal;
  /** Language of the person: `en` or `zh`. */
  language: 'en' | 'zh';
  /** Whose own connections to models count beside the hub's. */
  modelOwnerId: string;
  storeFile: StoreFile;
  /** Told once of what a call costs, as soon as it does: it counts also where the call fails afterwards. */
  reportSpent: (spent: ToolSpending) => void;
  /** Tells people how far a long call is. */
  reportProgress: (text: string) => void;
  /** Told of what happens in a call that is a run of its own. */
  emit?: ((event: RunEvent) => void) | undefined;
  /** Throws where the run may spend no more, or who pays for a call of a model; what was told by `emit` counts. */
  checkBudget?: ((next: NextCall | null) => Promise<void>) | undefined;
  /** Told of the request that a call came to, without its secrets; for who tries a tool by hand. */
  reportRequest?: ((request: SentRequest) => void) | undefined;
  /** Finds stored files that may be sent elsewhere; absent where there can be none. */
  lendFile?: LendFile | undefined;
  /** The tables of the person; null where the agent may not read them, absent where there can be none. */
  openData?: (() => DataDesk | null) | undefined;
  /** The alerts of the person; null where the agent may not see them, absent where there can be none. */
  openAlerts?: (() => AlertDesk | null) | undefined;
  /** Absent where a tool is called outside of a run, as are the three below. */
  material?: (() => Promise<RunMaterial>) | undefined;
  /** Begins to wait for a person, for an agent that is called; null where nobody can be asked. */
  openWait?: OpenWait | null | undefined;
  /** Where the agent that is called goes on; null where it begins. */
  resumed?: ResumedFrame | null | undefined;
  /** Told of the agent that takes the turn over. */
  handOver?: ((to: HandOver) => void) | undefined;
};

/** What a tool call brought. `output` is data for the model; untrusted text in it is marked by the runtime. */
export type ToolResult<Output> = {
  output: Output;
  /** Text for the model instead of `output` as JSON. */
  text?: string;
  /** Where the facts come from; the runtime numbers them. */
  sources?: Omit<Source, 'number'>[];
  artifacts?: Artifact[];
  /** The call has not ended: the agent that it called waits for a person, and the rest is not there yet. */
  frame?: AgentFrame;
};

/** What a model behind a tool used; `costUsd` is null when a price is unknown, `payer` as that of a `usage` event. */
export type ToolSpending = Pick<RunEventOf<'usage'>, 'model' | 'usage' | 'costUsd' | 'payer'>;

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
  /** How long it may take to stop; without it, it is not waited for. */
  graceMs?: number;
  maximumResultBytes: number;
  /** Why it cannot be used now, or null. */
  unavailable?: () => LocalizedText | null;
  /** Why nobody calls it by hand, of a tool that does nothing outside of a run. */
  onlyInRuns?: LocalizedText;
  /** One line for people about this call: "Reading example.org". */
  intent: (input: z.output<Input>, language: 'en' | 'zh') => string;
  /** The form that a call of it shows the person; their answer is its result, and `run` is not called. */
  ask?: (input: z.output<Input>) => Form;
  /**
   * What a person must agree to before this call is made, whatever the agent's settings say: it spends what is theirs. Null:
   * nothing.
   */
  asksFirst?: (
    input: z.output<Input>,
    desks: Pick<ToolContext, 'openData' | 'openAlerts'>,
  ) => Promise<LocalizedText | null>;
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

/** Lends a stored file by its id, or by the name by which it is attached to the conversation; null: there is none. */
export type LendFile = (reference: string) => Promise<LentFile | null>;

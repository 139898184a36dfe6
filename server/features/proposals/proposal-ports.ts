import type { Actor } from '#server/contract/actor.ts';
import type { AgentDefinition } from '#server/contract/agent-definition.ts';
import type { Eval } from '#server/contract/eval.ts';
import type { ModelSummary } from '#server/contract/model.ts';
import type { RewriteInput } from '#server/contract/proposal.ts';
import type { ToolSummary } from '#server/contract/tool.ts';

export type EditedAgent = { id: string; draft: AgentDefinition };

/** The hub's builder agent: the one that came with it, and what it is now. */
export type Builder = { id: string; definition: AgentDefinition };

/** What the proposals feature needs from the rest of the hub. */
export type ProposalPorts<Started> = {
  /** An agent that the actor may edit. @throws {HubError} `not_found`, `forbidden` */
  findAgent: (actor: Actor, reference: string) => Promise<EditedAgent>;
  /** Null: it was removed, or the actor's key is bound to other agents. */
  findBuilder: (actor: Actor) => Promise<Builder | null>;
  /** Starts a turn of the builder with a draft on its desk. @throws {HubError} when it cannot be started */
  startRun: (
    actor: Actor,
    request: {
      builderId: string;
      agentId: string;
      conversationId: string | null;
      input: string;
      stream: boolean;
      language: 'en' | 'zh';
    },
  ) => Promise<{ started: Started; conversationId: string }>;
  findActiveRun: (conversationId: string) => Promise<string | null>;
  removeConversation: (actor: Actor, id: string) => Promise<void>;
  /** The first model that a definition would be run with; null: there is only the offline planner. */
  findLanguageModel: (actor: Actor, definition: AgentDefinition) => Promise<string | null>;
  listTests: (agentId: string) => Promise<Eval[]>;
  listTools: (actor: Actor) => Promise<ToolSummary[]>;
  listModels: (actor: Actor) => Promise<ModelSummary[]>;
  listCategories: () => Promise<string[]>;
  listTemplates: () => { definition: AgentDefinition; tests: Eval[] }[];
  /** @throws {HubError} `model_…`, `budget_exceeded`; null: there is no language model */
  rewrite: (
    actor: Actor,
    request: { builder: Builder; agent: { name: string; tagline: string }; text: RewriteInput; signal: AbortSignal },
  ) => Promise<{ text: string; model: string } | null>;
  now: () => Date;
};

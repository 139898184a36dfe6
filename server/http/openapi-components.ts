import { z } from 'zod';
import { CreatedInvitation, Invitation, Person, SessionState } from '#server/contract/account.ts';
import { AgentDefinition } from '#server/contract/agent-definition.ts';
import { Agent, AgentSummary, AgentVersion } from '#server/contract/agent.ts';
import { ApiKey, CreatedApiKey } from '#server/contract/api-key.ts';
import { Conversation, Message } from '#server/contract/conversation.ts';
import { StoredFile } from '#server/contract/file.ts';
import { JsonObject, JsonValue } from '#server/contract/json.ts';
import { Connection, ModelList, ModelSummary } from '#server/contract/model.ts';
import { Problem } from '#server/contract/problem.ts';
import { Artifact, RunEvent, Source, Usage } from '#server/contract/run-event.ts';
import { Run, RunStep } from '#server/contract/run.ts';
import { RunOrigin } from '#server/contract/run-origin.ts';
import { ListedTool, SentRequest, ToolCall } from '#server/contract/tool.ts';
import { Toolset, ToolsetPreset, ToolsetTool, ToolsetWithTools } from '#server/contract/toolset.ts';
import { Delivery, Firing, Trigger, TriggerWithSecrets } from '#server/contract/trigger.ts';
import { UsageReport } from '#server/contract/usage-report.ts';

const components = {
  Agent,
  AgentDefinition,
  AgentSummary,
  AgentVersion,
  ApiKey,
  Artifact,
  Connection,
  Conversation,
  CreatedApiKey,
  CreatedInvitation,
  Delivery,
  Firing,
  Invitation,
  JsonObject,
  JsonValue,
  ListedTool,
  Message,
  ModelList,
  ModelSummary,
  Person,
  Problem,
  Run,
  RunEvent,
  RunOrigin,
  RunStep,
  SentRequest,
  SessionState,
  Source,
  StoredFile,
  ToolCall,
  Toolset,
  ToolsetPreset,
  ToolsetTool,
  ToolsetWithTools,
  Trigger,
  TriggerWithSecrets,
  Usage,
  UsageReport,
};

/** Gives the contract's shapes their names in the OpenAPI document; `JsonValue` must have one, as it is recursive. */
export function nameComponents() {
  for (const [id, schema] of Object.entries(components)) {
    const known = z.globalRegistry.get(schema);
    if (known?.id === undefined) z.globalRegistry.add(schema, { ...known, id });
  }
}

import type { JsonObject } from '#server/contract/json.ts';
import type { OpenApiOperation } from '#server/contract/openapi-operation.ts';
import { findSchemaIssues } from '#server/find-schema-issues.ts';
import { HubError } from '#server/hub-error.ts';
import type { StoreFile, ToolResult } from '#server/runtime/tools/tool.ts';
import { buildRequest } from './build-request.ts';
import { readAnswer } from './read-answer.ts';
import type { SendToService } from './service-request.ts';

const largestAnswerBytes = 10 * 1024 * 1024;
const usualTimeoutMs = 30_000;
const mostIssues = 20;

/**
 * Calls one operation of an OpenAPI description: checks the input, sends the request, reads the answer.
 *
 * Credentials are the sender's; neither they nor the address that it used are in what comes back. An abort ends the call.
 *
 * @param call.serverUrl - where the call goes; the caller chooses between the operation's own server and the service's
 * @param call.storeFile - keeps an answer that is neither JSON nor text; without it only its type and size are told
 * @throws {HubError} `validation_failed`, when the input does not fit or the service says so; `rate_limited` or
 * `unavailable` for its other failures; whatever the sender throws
 */
export async function callOperation({
  operation,
  serverUrl,
  input,
  send,
  signal,
  storeFile,
  timeoutMs = usualTimeoutMs,
  maximumBytes = largestAnswerBytes,
}: {
  operation: OpenApiOperation;
  serverUrl: string;
  input: JsonObject;
  send: SendToService;
  signal: AbortSignal;
  storeFile?: StoreFile | undefined;
  timeoutMs?: number | undefined;
  maximumBytes?: number | undefined;
}): Promise<ToolResult<JsonObject>> {
  signal.throwIfAborted();
  checkInput(operation, input);
  const answer = await send(buildRequest({ operation, serverUrl, input }), { signal, maximumBytes, timeoutMs });
  const label = `${operation.method} ${operation.path}`;
  if (answer.bytes.byteLength > maximumBytes)
    throw new HubError('payload_too_large', `The answer to ${label} is larger than the ${maximumBytes} bytes allowed.`);
  return await readAnswer(answer, { label, fileName: operation.name, storeFile });
}

function checkInput(operation: OpenApiOperation, input: JsonObject): void {
  const issues = findSchemaIssues(input, operation.inputSchema, 'input').slice(0, mostIssues);
  if (issues.length === 0) return;
  const list = issues.map(({ path, message }) => `${path}: ${message}`).join('; ');
  throw new HubError('validation_failed', `The input is not valid. ${list}`, { errors: issues });
}

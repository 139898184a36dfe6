import type { JsonObject } from '#server/contract/json.ts';
import type { OpenApiOperation } from '#server/contract/openapi-operation.ts';
import { HubError } from '#server/hub-error.ts';
import type { LendFile, StoreFile, ToolResult } from '#server/runtime/tools/tool.ts';
import { buildRequest } from './build-request.ts';
import { readAnswer } from './read-answer.ts';
import type { SendToService } from './service-request.ts';

const largestAnswerBytes = 10 * 1024 * 1024;
const usualTimeoutMs = 30_000;

/**
 * Calls one operation of an OpenAPI description: sends the request, reads the answer.
 *
 * Credentials are the sender's; neither they nor the address that it used are in what comes back. An abort ends the call.
 *
 * @param call.input - fits the operation's `inputSchema`, which whoever runs tools has checked
 * @param call.serverUrl - where the call goes; the caller chooses between the operation's own server and the service's
 * @param call.storeFile - keeps an answer that is neither JSON nor text, for the person to see; without it only its type and size are told
 * @param call.lendFile - finds the stored files that the input names
 * @throws {HubError} `validation_failed`, when a value cannot be sent or the service says so; `rate_limited` or
 * `unavailable` for its other failures; whatever the sender throws
 */
export async function callOperation({
  operation,
  serverUrl,
  input,
  send,
  signal,
  storeFile,
  lendFile,
  timeoutMs = usualTimeoutMs,
  maximumBytes = largestAnswerBytes,
}: {
  operation: OpenApiOperation;
  serverUrl: string;
  input: JsonObject;
  send: SendToService;
  signal: AbortSignal;
  storeFile?: StoreFile | undefined;
  lendFile?: LendFile | undefined;
  timeoutMs?: number | undefined;
  maximumBytes?: number | undefined;
}): Promise<ToolResult<JsonObject>> {
  signal.throwIfAborted();
  const request = await buildRequest({ operation, serverUrl, input, lendFile });
  const answer = await send(request, { signal, maximumBytes, timeoutMs });
  const label = `${operation.method} ${operation.path}`;
  if (answer.bytes.byteLength > maximumBytes)
    throw new HubError('payload_too_large', {
      en: `The answer to ${label} is larger than the ${maximumBytes} bytes allowed.`,
      zh: `${label} 的响应超过允许的 ${maximumBytes} 字节。`,
    });
  return await readAnswer(answer, { label, title: operation.title, storeFile });
}

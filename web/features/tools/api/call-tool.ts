import { type CallToolInput, ToolCall } from '#server/contract/tool.ts';
import { request } from '#web/lib/api-client.ts';

/** Calls a tool by hand; who aborts stops it. */
export function callTool(call: CallToolInput, signal: AbortSignal): Promise<ToolCall> {
  return request({ path: '/api/tools/call', method: 'POST', body: call, schema: ToolCall, signal });
}

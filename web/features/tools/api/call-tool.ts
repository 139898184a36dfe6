import { type CallToolInput, ToolCall } from '#server/contract/tool.ts';
import { request, send } from '#web/lib/api-client.ts';

/** Calls a tool by hand; who aborts stops it. */
export function callTool(call: CallToolInput, signal: AbortSignal): Promise<ToolCall> {
  return request({ path: '/api/tools/call', method: 'POST', body: call, schema: ToolCall, signal });
}

/** Calls a tool that reads, and brings what it brought as a PDF. */
export const callToolForReport = async (call: CallToolInput): Promise<Blob> =>
  (await send({ path: '/api/tools/report', method: 'POST', body: call })).blob();

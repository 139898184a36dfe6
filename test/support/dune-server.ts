import type { IncomingMessage } from 'node:http';
import { startLocalServer } from './local-server.ts';

/** What the stub makes of SQL: the rows as they stand in Dune's JSON, an error of the query, or an answer that refuses. */
export type DuneAnswer = {
  columns?: [name: string, type: string][];
  /** As JSON, so that a test can write numbers that JavaScript would round. */
  rowsJson?: string[];
  error?: { type: string; message: string; metadata?: { line: number; column: number } };
  refuse?: { status: number; error: string; retryAfter?: number };
  /** It never ends. */
  isEndless?: boolean;
  credits?: number;
};

const pageRows = 2;

/** A server that speaks Dune's API on the wire, for one key: execute, status, results by pages, cancel. */
export async function startDuneServer(apiKey: string) {
  let answerNext: DuneAnswer = {};
  const executions = new Map<string, DuneAnswer & { sql: string; looks: number; isCancelled: boolean }>();
  let refusals: { status: number; retryAfter: number }[] = [];

  function answer(request: IncomingMessage, body: string): { status: number; json: string; retryAfter?: number } {
    const url = new URL(request.url ?? '', 'http://dune');
    const fail = (status: number, error: string, retryAfter?: number) => ({
      status,
      json: JSON.stringify({ error }),
      ...(retryAfter === undefined ? {} : { retryAfter }),
    });
    if (request.headers['x-dune-api-key'] !== apiKey) return fail(401, 'invalid API Key');
    if (url.pathname === '/api/v1/sql/execute' && request.method === 'POST') {
      const { sql } = JSON.parse(body) as { sql: string };
      if (answerNext.refuse)
        return fail(answerNext.refuse.status, answerNext.refuse.error, answerNext.refuse.retryAfter);
      const id = `01DUNE${executions.size}`;
      executions.set(id, { ...answerNext, sql, looks: 0, isCancelled: false });
      return { status: 200, json: JSON.stringify({ execution_id: id, state: 'QUERY_STATE_PENDING' }) };
    }
    const [, id = '', action] = /^\/api\/v1\/execution\/([^/]+)\/(\w+)$/.exec(url.pathname) ?? [];
    const execution = executions.get(id);
    if (execution === undefined) return fail(404, 'Execution not found');
    if (action === 'cancel') {
      execution.isCancelled = true;
      return { status: 200, json: '{"success":true}' };
    }
    const refusal = refusals.shift();
    if (refusal !== undefined) return fail(refusal.status, 'Too many requests', refusal.retryAfter);
    const { error, credits, columns = [], rowsJson = [] } = execution;
    execution.looks += 1;
    const isEnded = execution.looks > 1 && execution.isEndless !== true;
    const ended = error === undefined ? 'QUERY_STATE_COMPLETED' : 'QUERY_STATE_FAILED';
    const status = {
      execution_id: id,
      query_id: 0,
      state: execution.isCancelled ? 'QUERY_STATE_CANCELLED' : isEnded ? ended : 'QUERY_STATE_EXECUTING',
      is_execution_finished: isEnded,
      ...(isEnded && error !== undefined ? { error } : {}),
      ...(isEnded && credits !== undefined ? { execution_cost_credits: credits } : {}),
    };
    if (action === 'status') return { status: 200, json: JSON.stringify(status) };
    const offset = Number(url.searchParams.get('offset'));
    const metadata = {
      column_names: columns.map(([name]) => name),
      column_types: columns.map(([, type]) => type),
      total_row_count: rowsJson.length,
    };
    const next = offset + pageRows < rowsJson.length ? { next_offset: offset + pageRows } : {};
    const rows = rowsJson.slice(offset, offset + pageRows).join(',');
    const head = JSON.stringify({ ...status, ...next }).slice(0, -1);
    return { status: 200, json: `${head},"result":{"rows":[${rows}],"metadata":${JSON.stringify(metadata)}}}` };
  }

  const server = await startLocalServer((request, response) => {
    let body = '';
    request.on('data', (piece: Buffer) => (body += piece.toString()));
    request.on('end', () => {
      const { status, json, retryAfter } = answer(request, body);
      if (retryAfter !== undefined) response.setHeader('retry-after', retryAfter);
      response.writeHead(status, { 'content-type': 'application/json' }).end(json);
    });
  });

  return {
    ...server,
    /** What comes of the next SQL. */
    script: (next: DuneAnswer) => {
      answerNext = next;
    },
    /** Looks at an execution that are refused first. */
    refuseLooks: (...next: typeof refusals) => {
      refusals = next;
    },
    listExecutions: () => [...executions.values()],
  };
}

import type { Execution, ResultPage } from '#server/contract/execution.ts';
import type { SavedQuery } from '#server/contract/saved-query.ts';

const states = {
  running: 'QUERY_STATE_EXECUTING',
  completed: 'QUERY_STATE_COMPLETED',
  failed: 'QUERY_STATE_FAILED',
  cancelled: 'QUERY_STATE_CANCELLED',
} as const;

/** A result that is no longer kept is what Dune calls expired. */
export const toState = ({ state, keptUntil }: Execution) =>
  state === 'completed' && keptUntil === null ? 'QUERY_STATE_EXPIRED' : states[state];

const toMetadata = ({ columns, rows, size, durationMs }: Execution, pageRows = rows) => ({
  column_names: columns.map(({ name }) => name),
  column_types: columns.map(({ type }) => type.toLowerCase()),
  row_count: pageRows,
  total_row_count: rows,
  result_set_bytes: size,
  total_result_set_bytes: size,
  datapoint_count: pageRows * columns.length,
  pending_time_millis: 0,
  execution_time_millis: durationMs ?? 0,
});

function toError({ fault }: Execution) {
  if (fault === null) return {};
  const { kind, message, line, column } = fault;
  const type = { syntax: 'syntax_error', too_slow: 'timeout' }[kind as string] ?? kind;
  return { error: { type, message, ...(line === null ? {} : { metadata: { line, column } }) } };
}

/** An execution as Dune tells of its status. */
export const toStatus = (execution: Execution, number: number) => ({
  execution_id: execution.id,
  query_id: number,
  state: toState(execution),
  ...(execution.credits === null ? {} : { execution_cost_credits: Number(execution.credits) }),
  is_execution_finished: execution.state !== 'running',
  submitted_at: execution.startedAt,
  execution_started_at: execution.startedAt,
  ...(execution.endedAt === null ? {} : { execution_ended_at: execution.endedAt }),
  ...(execution.state === 'cancelled' && execution.endedAt !== null ? { cancelled_at: execution.endedAt } : {}),
  ...(execution.keptUntil === null ? {} : { expires_at: execution.keptUntil }),
  ...(execution.state === 'completed' ? { result_metadata: toMetadata(execution) } : {}),
  ...toError(execution),
});

/** A page of a result, its rows as objects. */
export function toResults(
  execution: Execution,
  number: number,
  page: ResultPage,
  next: { offset: number; uri: string } | null,
) {
  const rows = page.rows.map((row) => Object.fromEntries(page.columns.map(({ name }, index) => [name, row[index]])));
  const { result_metadata: _metadata, ...status } = toStatus(execution, number);
  return {
    ...status,
    result: { rows, metadata: toMetadata({ ...execution, columns: page.columns }, rows.length) },
    ...(next === null ? {} : { next_offset: next.offset, next_uri: next.uri }),
  };
}

/** A saved query as Dune describes one. */
export const toDuneQuery = ({
  number,
  name,
  description,
  access,
  owner,
  engine,
  sql,
  parameters,
  version,
  isArchived,
}: SavedQuery) => ({
  query_id: number,
  name,
  description,
  tags: [],
  version,
  owner: owner.name,
  parameters: parameters.map((parameter) => ({
    key: parameter.name,
    type: parameter.type,
    value: parameter.value,
    ...(parameter.options.length === 0 ? {} : { enumOptions: parameter.options }),
  })),
  query_engine: engine,
  query_sql: sql,
  is_private: access === 'private',
  is_archived: isArchived,
  is_unsaved: false,
});

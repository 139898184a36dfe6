import type { Readable } from 'node:stream';
import { v7 } from 'uuid';
import type { Actor } from '#server/contract/actor.ts';
import type {
  Execution,
  ExecutionListQuery,
  ResultPage,
  StartExecutionInput,
  TableRead,
} from '#server/contract/execution.ts';
import type { Page } from '#server/contract/page.ts';
import type { SavedQuery } from '#server/contract/saved-query.ts';
import { isWholePerson } from '#server/is-whole-person.ts';
import { readPageCursor, toPage } from '#server/page-cursor.ts';
import { type ExecutionRecord, type ExecutionRepository, interrupted } from './execution-repository.ts';
import {
  duneNotConnected,
  executionNotFound,
  mostRunning,
  queriesRefused,
  resultDropped,
  stillRunning,
  tooManyRunning,
  withoutResult,
} from './query-errors.ts';
import type { QueryPorts, RowChoice, SourceTable } from './query-ports.ts';

const dayMs = 24 * 60 * 60 * 1000;
const resultsKeptMs = 7 * dayMs;
/** How soon a query stops that was cancelled in another process. */
const lookMs = 1000;
const historyKeptMs = 90 * dayMs;

type Asked = Pick<ExecutionRecord, 'queryId' | 'queryVersion' | 'engine' | 'sql' | 'parameters'>;
type Needs = {
  repository: ExecutionRepository;
  /** The saved query as the actor sees it, with the values that its parameters have when none are given. */
  findQuery: (
    actor: Actor,
    id: string,
  ) => Promise<Pick<SavedQuery, 'id' | 'version' | 'engine' | 'sql' | 'parameters'>>;
  ports: QueryPorts;
};

/**
 * Runs SQL on the tables that its actor sees, and keeps the results for a week. An execution belongs to the hub and not to
 * a connection; only one whose caller waits for it ends with the caller.
 */
export function createExecutionService({ repository, findQuery, ports }: Needs) {
  const running = new Map<string, { ownerId: string; stop: AbortController; ended: Promise<void> }>();
  let clock: NodeJS.Timeout | null = null;

  /** What another process of the hub cancelled is stopped here: looked for once a second, while anything runs. */
  function lookElsewhere() {
    clock ??= setTimeout(() => {
      void repository
        .listCancelled([...running.keys()])
        .then(
          (cancelled) => cancelled.forEach((id) => running.get(id)?.stop.abort()),
          // The next look may find the database back.
          () => undefined,
        )
        .then(() => {
          clock = null;
          if (running.size > 0) lookElsewhere();
        });
    }, lookMs).unref();
  }

  async function findAsked(
    actor: Actor,
    { sql, query, engine = 'duckdb', parameters }: StartExecutionInput,
  ): Promise<Asked> {
    if (query === undefined) return { queryId: null, queryVersion: null, engine, sql: sql ?? '', parameters };
    const saved = await findQuery(actor, query);
    const filled = saved.parameters.map((parameter) => {
      const given = parameters.find(({ name }) => name === parameter.name);
      return given === undefined ? parameter : { ...parameter, value: given.value };
    });
    return { queryId: saved.id, queryVersion: saved.version, engine: saved.engine, sql: saved.sql, parameters: filled };
  }

  async function runHere(actor: Actor, { sql, parameters }: Asked, signal: AbortSignal) {
    await ports.prepare(actor, sql, signal);
    const tables = await ports.listTables(actor);
    return { tables, outcome: await ports.run({ sql, parameters, tables, personId: actor.userId }, signal) };
  }

  async function carryOut(actor: Actor, execution: ExecutionRecord, signal: AbortSignal) {
    const { id, engine } = execution;
    const { tables, outcome } =
      engine === 'dune'
        ? { tables: [], outcome: await ports.runAtDune(execution, signal) }
        : await runHere(actor, execution, signal);
    const endedAt = ports.now();
    if ('fault' in outcome)
      return repository.end(id, { state: 'failed', fault: outcome.fault, endedAt, expiresAt: endedAt });
    const { sha256: resultSha256, reads, ...result } = outcome.result;
    await repository.end(id, {
      ...result,
      state: 'completed',
      resultSha256,
      reads: tables.filter((table) => reads.includes(toName(table))).map(toRead),
      endedAt,
      expiresAt: new Date(endedAt.getTime() + resultsKeptMs),
    });
  }

  async function begin(actor: Actor, asked: Asked) {
    if (!isWholePerson(actor)) throw queriesRefused();
    const { userId: ownerId } = actor;
    if ([...running.values()].filter((other) => other.ownerId === ownerId).length >= mostRunning)
      throw tooManyRunning();
    if (asked.engine === 'dune' && !(await ports.isDuneConnected(ownerId))) throw duneNotConnected();
    const stop = new AbortController();
    const startedAt = ports.now();
    const id = v7();
    const begun = repository.begin({
      id,
      ownerId,
      apiKeyId: actor.key?.id ?? null,
      ...asked,
      startedAt,
      expiresAt: new Date(startedAt.getTime() + ports.patienceMs),
    });
    const ended = begun
      .then((execution) => carryOut(actor, execution, stop.signal))
      .catch(async (thrown: unknown) => {
        if (!stop.signal.aborted) ports.logError(thrown, 'a query could not be run');
        const endedAt = ports.now();
        await repository
          .end(id, { state: 'failed', fault: interrupted, endedAt, expiresAt: endedAt })
          .catch((error: unknown) => ports.logError(error, 'the end of a query could not be stored'));
      })
      .finally(() => running.delete(id));
    running.set(id, { ownerId, stop, ended });
    lookElsewhere();
    // What stands in the way of its beginning is the caller's to know.
    await begun;
    return id;
  }

  async function find(actor: Actor, id: string): Promise<ExecutionRecord> {
    const execution = isWholePerson(actor) ? await repository.find(actor.userId, id) : null;
    if (execution === null) throw executionNotFound(id);
    return execution;
  }

  async function cancel(actor: Actor, id: string): Promise<Execution> {
    await find(actor, id);
    const endedAt = ports.now();
    // Stored first: what the process says of its end comes too late, also from another hub.
    await repository.end(id, { state: 'cancelled', endedAt, expiresAt: endedAt });
    running.get(id)?.stop.abort();
    return present(await find(actor, id));
  }

  const present = (execution: ExecutionRecord) => toExecution(execution, ports.now());

  /** Waits for the end, as long as the caller stays and its patience lasts. */
  async function waitFor(id: string, waitSeconds: number, signal: AbortSignal) {
    const ended = running.get(id)?.ended;
    if (ended === undefined || waitSeconds === 0 || signal.aborted) return;
    let clock: NodeJS.Timeout | undefined;
    const left = new Promise<void>((resolve) => {
      signal.addEventListener('abort', () => resolve(), { once: true });
      clock = setTimeout(resolve, waitSeconds * 1000);
    });
    await Promise.race([ended, left]).finally(() => clearTimeout(clock));
  }

  async function follow(actor: Actor, id: string, waitSeconds: number, signal: AbortSignal): Promise<Execution> {
    await waitFor(id, waitSeconds, signal);
    return signal.aborted ? cancel(actor, id) : present(await find(actor, id));
  }

  async function findResult(actor: Actor, id: string): Promise<{ execution: Execution; sha256: string }> {
    const execution = await find(actor, id);
    const presented = present(execution);
    const { state } = presented;
    if (state === 'running') throw stillRunning();
    if (state !== 'completed') throw withoutResult();
    if (execution.resultSha256 === null || execution.expiresAt < ports.now()) throw resultDropped();
    return { execution: presented, sha256: execution.resultSha256 };
  }

  return {
    /**
     * Runs SQL or a saved query; what is wrong with it is in the execution. A caller that leaves while it waits has it
     * stopped.
     *
     * @throws {HubError} `not_found`, `forbidden`, `rate_limited`
     */
    start: async (actor: Actor, input: StartExecutionInput, signal: AbortSignal): Promise<Execution> => {
      const id = await begin(actor, await findAsked(actor, input));
      return follow(actor, id, input.waitSeconds, signal);
    },

    /** Waits for the end of one that the caller began; stopped when they leave. @throws {HubError} `not_found` */
    follow,

    /** @throws {HubError} `not_found` */
    get: async (actor: Actor, id: string, waitSeconds: number, signal: AbortSignal): Promise<Execution> => {
      await find(actor, id);
      await waitFor(id, waitSeconds, signal);
      return present(await find(actor, id));
    },

    list: async (actor: Actor, { query, cursor, limit }: ExecutionListQuery): Promise<Page<Execution>> => {
      if (!isWholePerson(actor)) return { items: [], nextCursor: null };
      const before = readPageCursor(cursor);
      const found = await repository.list(actor.userId, { queryId: query, before, limit: limit + 1 });
      const { items, nextCursor } = toPage(found, limit, ({ startedAt, id }) => ({ at: startedAt, id }));
      return { items: items.map(present), nextCursor };
    },

    /** The actor's last one with a result of a query, of those that had these values; or null. */
    findLast: async (actor: Actor, queryId: string, values: Record<string, string>): Promise<Execution | null> => {
      const completed = isWholePerson(actor) ? await repository.listCompleted(actor.userId, queryId) : [];
      const last = completed.find(({ parameters }) =>
        Object.entries(values).every(([name, value]) =>
          parameters.some((parameter) => parameter.name === name && parameter.value === value),
        ),
      );
      return last === undefined ? null : present(last);
    },

    /** Stops it at once; one that has ended stays as it is. @throws {HubError} `not_found` */
    cancel,

    /** The bytes of its result. @throws {HubError} `not_found`, `conflict` while it runs or where it has no result */
    findResult,

    /** @throws {HubError} `not_found`, `conflict` while it runs or where it has no result, `validation_failed` */
    readPage: async (actor: Actor, id: string, choice: RowChoice, signal: AbortSignal): Promise<ResultPage> =>
      ports.readPage((await findResult(actor, id)).sha256, choice, signal),

    /** @throws {HubError} as `readPage` */
    exportRows: async (
      actor: Actor,
      id: string,
      choice: RowChoice & { format: 'csv' | 'json' | 'parquet' },
      signal: AbortSignal,
    ): Promise<{ content: Readable; size: number }> =>
      ports.exportRows((await findResult(actor, id)).sha256, choice, signal),

    removeExpired: (now: Date) => repository.removeExpired(now, new Date(now.getTime() - historyKeptMs)),
    findUsed: repository.findUsed,

    /** Stops what runs; each is stored as interrupted. */
    stop: async () => {
      const all = [...running.values()];
      for (const { stop } of all) stop.abort();
      await Promise.all(all.map(({ ended }) => ended));
    },
  };
}
export type ExecutionService = ReturnType<typeof createExecutionService>;

const toName = ({ schema, name }: SourceTable) => (schema === null ? name : `${schema}.${name}`);
const toRead = (table: SourceTable): TableRead => ({
  table: toName(table),
  rows: table.rows,
  range: table.range,
  asOf: table.asOf,
});

function toExecution(record: ExecutionRecord, now: Date): Execution {
  const isLost = record.state === 'running' && record.expiresAt < now;
  const { ownerId: _ownerId, apiKeyId: _apiKeyId, resultSha256, startedAt, endedAt, expiresAt, ...rest } = record;
  return {
    ...rest,
    state: isLost ? 'failed' : record.state,
    fault: isLost ? interrupted : record.fault,
    durationMs: endedAt === null ? null : endedAt.getTime() - startedAt.getTime(),
    startedAt: startedAt.toISOString(),
    endedAt: endedAt?.toISOString() ?? null,
    keptUntil: resultSha256 === null || expiresAt < now ? null : expiresAt.toISOString(),
  };
}

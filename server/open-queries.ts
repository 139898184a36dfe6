import { join } from 'node:path';
import type { Actor } from '#server/contract/actor.ts';
import type { Devnet } from '#server/contract/devnet.ts';
import type { SourcePorts as DataSources } from '#server/features/analyses/analysis-ports.ts';
import type { DatasetPorts } from '#server/features/datasets/dataset-ports.ts';
import { createDatasetRepository } from '#server/features/datasets/dataset-repository.ts';
import { createDatasetService } from '#server/features/datasets/dataset-service.ts';
import { createOldDatasetReader } from '#server/features/datasets/read-old-datasets.ts';
import { createDuneKeyRepository } from '#server/features/queries/dune-key-repository.ts';
import { createDuneKeyService } from '#server/features/queries/dune-key-service.ts';
import { createExecutionRepository } from '#server/features/queries/execution-repository.ts';
import { createExecutionService } from '#server/features/queries/execution-service.ts';
import { allRows, type SourceTable } from '#server/features/queries/query-ports.ts';
import { createSavedQueryRepository } from '#server/features/queries/saved-query-repository.ts';
import { createSavedQueryService } from '#server/features/queries/saved-query-service.ts';
import { createCostEstimate } from '#server/features/queries/estimate-cost.ts';
import { createTableDescriber } from '#server/features/queries/table-describer.ts';
import { createTableService } from '#server/features/queries/table-service.ts';
import type { SqlParameter } from '#server/contract/sql.ts';
import type { ChainSource } from '#server/onchain/chain-index/chain-source.ts';
import type { Database } from '#server/platform/database.ts';
import { createDuneEngine } from '#server/platform/dune/dune-engine.ts';
import type { Egress } from '#server/platform/egress/create-egress.ts';
import type { FileStore } from '#server/platform/file-store.ts';
import type { Secrets } from '#server/platform/secrets.ts';
import { createSqlEngine, type SqlLimits } from '#server/platform/sql/sql-engine.ts';
import { SqlFailure } from '#server/platform/sql/sql-failure.ts';
import { toProblem } from '#server/platform/sql/to-problem.ts';
import type { AnalysisDesk, DashboardDesk, DataDesk } from '#server/runtime/tools/ports.ts';
import { openIndexes } from './open-indexes.ts';

/** A query of an agent is waited for until it ends; it is looked after so often. */
const waitSeconds = 30;
/** Saved queries that a search by an agent looks through, of each kind, and the most it tells of. */
const mostSearched = 500;

type Needs = {
  database: Database;
  fileBytes: FileStore;
  /** Which of some bytes the files of people and runs are. */
  findUsedOfFiles: (sha256s: string[]) => Promise<string[]>;
  dataFolder: string;
  /** Where the build put the workers. */
  workersFolder: URL;
  /** Names this process among those that share the database. */
  instanceId: string;
  /** Whole ranges of chains, for their indexes. */
  chainSource: ChainSource;
  readDevnet: () => Promise<Devnet>;
  limits: Partial<SqlLimits> | undefined;
  /** The second engine, and where it is. */
  dune: { fetch: Egress['fetch']; baseUrl: string };
  secrets: Pick<Secrets, 'seal' | 'open'>;
  now: () => Date;
  logError: (error: unknown, message: string) => void;
};

/** The SQL workbench's part of the wiring: the engine, the sources of its tables, and who runs what on them. */
export function openQueries({
  database,
  fileBytes,
  findUsedOfFiles,
  dataFolder,
  workersFolder,
  instanceId,
  chainSource,
  readDevnet,
  limits,
  dune,
  secrets,
  now,
  logError,
}: Needs) {
  const engine = createSqlEngine({
    workerFile: new URL('sql-worker.js', workersFolder),
    folder: join(dataFolder, 'sql'),
    files: fileBytes,
    limits,
  });
  const { indexes, ...indexing } = openIndexes({
    database,
    fileBytes,
    source: chainSource,
    readDevnetState: async () => (await readDevnet()).state,
    dataFolder,
    workersFolder,
    instanceId,
    now,
    logError,
  });
  const datasetRepository = createDatasetRepository({ database });
  const datasetPorts: DatasetPorts = {
    storeBytes: fileBytes.put,
    readHead: async (sha256, length) => {
      const content = await fileBytes.open(sha256, { start: 0, end: length - 1 });
      return content === null ? Buffer.alloc(0) : Buffer.concat((await content.toArray()) as Buffer[]);
    },
    async *readBytes(sha256) {
      const content = await fileBytes.open(sha256);
      if (content !== null) yield* content as AsyncIterable<Uint8Array>;
    },
    importTable: (source, signal) =>
      engine.importTable(source, signal).catch(toProblem(source.types.length === 0 ? 'body.file' : 'body.columns')),
    now,
    logError,
  };
  const datasets = createDatasetService({ repository: datasetRepository, ports: datasetPorts });
  const oldDatasets = createOldDatasetReader({ repository: datasetRepository, ports: datasetPorts });
  const prepare = async (actor: Actor, sql: string, signal: AbortSignal) => {
    await Promise.all([indexes.prepare(sql, signal), oldDatasets.prepare(actor, sql, signal)]);
  };
  const tableSources: ((actor: Actor) => Promise<SourceTable[]>)[] = [datasets.listTables, indexes.listTables];
  const listTables = async (actor: Actor) => (await Promise.all(tableSources.map((list) => list(actor)))).flat();
  const savedQueries = createSavedQueryService({ repository: createSavedQueryRepository({ database }), now });
  const duneKeys = createDuneKeyService({ repository: createDuneKeyRepository({ database }), ...secrets, now });
  const runAtDune = createDuneEngine(dune);
  const toOutcome = async <Result extends { sha256: string }>(run: () => Promise<Result>) => {
    try {
      return { result: await run() };
    } catch (thrown) {
      if (thrown instanceof SqlFailure) return { fault: thrown.fault };
      throw thrown;
    }
  };
  const executions = createExecutionService({
    repository: createExecutionRepository({ database }),
    findQuery: savedQueries.get,
    ports: {
      listTables,
      prepare,
      run: (query, signal) => toOutcome(async () => ({ ...(await engine.run(query, signal)), credits: null })),
      isDuneConnected: duneKeys.isConnected,
      runAtDune: ({ ownerId, sql, parameters }, signal) =>
        toOutcome(async () => {
          const apiKey = await duneKeys.find(ownerId);
          if (apiKey === null) {
            throw new SqlFailure('key_refused', {
              en: 'Your key for Dune was removed.',
              zh: '您的 Dune 密钥已被移除。',
            });
          }
          const { credits, isCut, ...rows } = await runAtDune({ apiKey, sql, parameters }, signal);
          const kept = await engine.keepRows(rows, signal);
          return { ...kept, credits, isCut: isCut(), reads: [] };
        }),
      patienceMs: engine.patienceMs,
      readPage: (sha256, choice, signal) =>
        engine
          .readPage(sha256, choice, signal)
          .catch(toProblem(choice.filter === undefined ? 'query.sort' : 'query.filter')),
      exportRows: (sha256, choice, signal) =>
        engine.exportRows(sha256, choice, signal).catch(toProblem('query.columns')),
      now,
      logError,
    },
  });
  const tables = createTableService({ listTables });
  // Nothing is kept of what is asked here, so it is in nobody's history.
  const readOnce = async (actor: Actor, query: { sql: string; parameters: SqlParameter[] }, signal: AbortSignal) => {
    await prepare(actor, query.sql, signal);
    const run = engine.run({ ...query, tables: await listTables(actor), personId: actor.userId }, signal);
    const { sha256 } = await run.catch(toProblem('name'));
    return (await engine.readPage(sha256, allRows, signal)).rows;
  };
  const describeTable = createTableDescriber({
    tables,
    read: (actor, sql, signal) => readOnce(actor, { sql, parameters: [] }, signal),
  });
  const estimateCost = createCostEstimate({
    listTables: tables.list,
    explain: async (actor, { sql, parameters }, signal) =>
      (await readOnce(actor, { sql: `EXPLAIN (FORMAT JSON) ${sql}`, parameters }, signal)).flat().at(-1),
  });
  const runSql: DataSources['runSql'] = async (actor, query, signal) => {
    for (let waited = await executions.start(actor, { ...query, waitSeconds }, signal); ;) {
      if (waited.state !== 'running') return waited;
      waited = await executions.follow(actor, waited.id, waitSeconds, signal);
    }
  };
  /** What analyses read: tables, results, and statements on either. */
  const sources: DataSources = {
    listTables,
    runSql,
    findResult: executions.findResult,
    ask: (asked, signal) => engine.ask(asked, signal).catch(toProblem('body.source')),
  };
  return {
    datasets,
    duneKeys,
    executions,
    indexes,
    savedQueries,
    tables,
    sources,
    readOldDatasets: oldDatasets.readAll,
    openData: (actor: Actor): Omit<DataDesk, keyof AnalysisDesk | keyof DashboardDesk> => ({
      listTables: () => tables.list(actor),
      listQueries: async () => {
        const all = { search: '', limit: mostSearched };
        const pages = await Promise.all(
          (['mine', 'hub'] as const).map((of) => savedQueries.list(actor, { ...all, of })),
        );
        const known = new Map(pages.flatMap(({ items }) => items.map((query) => [query.id, query])));
        return [...known.values()].map(({ number, name, description, owner, engine, sql, parameters }) => ({
          ...{ number, name, description, owner: owner.name, isOwn: owner.id === actor.userId, engine, sql },
          parameters: parameters.map(({ name, type, value }) => ({ name, type, value })),
        }));
      },
      estimateCost: (query, signal) => estimateCost(actor, query, signal),
      describeTable: (name, signal) => describeTable(actor, name, signal),
      runSql: (query, signal) => runSql(actor, query, signal),
      readRows: (execution, { limit, signal }) => executions.readPage(actor, execution, { ...allRows, limit }, signal),
      exportCsv: async (execution, { maximumBytes, signal }) => {
        const all = { ...allRows, format: 'csv' as const };
        const { content, size } = await executions.exportRows(actor, execution, all, signal);
        if (size <= maximumBytes) return Buffer.concat((await content.toArray({ signal })) as Buffer[]);
        content.destroy();
        return null;
      },
    }),
    /** Those of some bytes that anything in the hub still names. */
    findUsedBytes: async (sha256s: string[]) =>
      (
        await Promise.all(
          [findUsedOfFiles, datasets.findUsed, executions.findUsed, indexes.findUsed].map((find) => find(sha256s)),
        )
      ).flat(),
    close: async () => {
      await Promise.all([executions.stop(), indexing.close()]);
      await engine.close();
    },
  };
}

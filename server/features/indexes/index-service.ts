import { setTimeout as sleep } from 'node:timers/promises';
import { v7 } from 'uuid';
import type { Actor } from '#server/contract/actor.ts';
import type {
  ChainIndex,
  ChainIndexList,
  CreateIndexInput,
  IndexPart,
  UpdateIndexInput,
} from '#server/contract/chain-index.ts';
import { isWholePerson } from '#server/is-whole-person.ts';
import { indexNotFound, namesTaken, nameReserved, schemaTaken, startsAfterHead } from './index-errors.ts';
import type { IndexPorts } from './index-ports.ts';
import type { IndexRecord, IndexRepository, NewIndex } from './index-repository.ts';
import type { IndexRunner } from './index-runner.ts';
import { canEdit, nameOf, presentIndex } from './present-index.ts';

/** How long a query waits for the devnet's first index; its chain may have to be made before. */
const firstPatienceMs = 90_000;
const lookEveryMs = 100;
/** A fault that lasts so long is no passing one, and the query is told what is there. */
const faultPatienceMs = 6_000;

/** Schemas of the engine itself. */
const reservedSchemas = new Set(['main', 'temp', 'system', 'memory', 'information_schema', 'pg_catalog']);

/** An index of all that the hub keeps of a chain. */
const wholeChain: Omit<NewIndex, 'chainId' | 'schema'> = {
  fromBlock: 0,
  toBlock: null,
  parts: ['transactions', 'logs'],
  contracts: [],
  onlyContracts: false,
  maximumRows: null,
  maximumBytes: null,
};

type Needs = { repository: IndexRepository; runner: IndexRunner; ports: IndexPorts };

/** What the hub keeps of chains, as tables that every member reads with SQL; administrators say of which. */
export function createIndexService({ repository, runner, ports }: Needs) {
  const { source, devnet } = ports;
  const toSchema = (slug: string) => slug.replaceAll('-', '_');
  const present = (index: IndexRecord, actor: Actor) => presentIndex(index, actor, nameOf(ports, index));

  async function find(actor: Actor, id: string): Promise<IndexRecord> {
    const index = isWholePerson(actor) ? await repository.find(id) : null;
    if (index === null) throw indexNotFound(id);
    return index;
  }

  /** The chain's own name unless another is wished, which no chain and no schema of the engine has. */
  function chooseSchema(slug: string, wished: string | undefined): string {
    const own = toSchema(slug);
    if (wished === undefined || wished === own) return own;
    const isTaken = reservedSchemas.has(wished) || source.list().some((chain) => toSchema(chain.slug) === wished);
    if (isTaken) throw nameReserved();
    return wished;
  }

  async function add(index: NewIndex) {
    const made = await repository.create({ ...index, id: v7(), now: ports.now() });
    if (made !== null) runner.run(made.id);
    return made;
  }

  /** Where nobody made the devnet's index, its first query does. */
  async function prepareDevnet(signal: AbortSignal) {
    const until = ports.now().getTime() + firstPatienceMs;
    if ((await repository.findBySchema(devnet.schema)) === null) {
      const { chainId, schema } = devnet;
      await add({ ...wholeChain, chainId, schema });
    }
    let faultUntil = Infinity;
    for (;;) {
      const index = await repository.findBySchema(devnet.schema);
      if (index === null || index.state !== 'running') return;
      if (index.fault === null && index.headBlock !== null && index.nextBlock > index.headBlock) return;
      const now = ports.now().getTime();
      faultUntil = index.fault === null ? Infinity : Math.min(faultUntil, now + faultPatienceMs);
      if (now > Math.min(until, faultUntil)) return;
      await sleep(lookEveryMs, undefined, { signal });
    }
  }

  return {
    list: async (actor: Actor): Promise<ChainIndexList> => {
      if (!isWholePerson(actor)) return { items: [], chains: [], can: { create: false } };
      const indexes = await repository.list();
      return {
        items: indexes.map((index) => present(index, actor)),
        chains: source.list().map(({ slug, name }) => ({ slug, name })),
        can: { create: canEdit(actor) },
      };
    },

    get: async (actor: Actor, id: string): Promise<ChainIndex> => present(await find(actor, id), actor),

    /** @throws {HubError} `validation_failed` for an unknown chain, an ABI or a range that is none, `conflict` */
    create: async (actor: Actor, input: CreateIndexInput, signal: AbortSignal): Promise<ChainIndex> => {
      const { onlyContracts, toBlock = null, maximumRows = null, maximumBytes = null } = input;
      const parts: IndexPart[] = onlyContracts ? ['logs'] : input.parts;
      const chain = await source.find(input.chain);
      const schema = chooseSchema(chain.slug, input.name);
      const contracts = input.contracts.map((contract) => ({ withAnonymous: true, ...contract }));
      const tables = await ports.listTables({ chainId: chain.id, parts, contracts });
      if (new Set(tables.map(({ name }) => name)).size < tables.length) throw namesTaken();
      if ((await repository.findBySchema(schema)) !== null) throw schemaTaken(schema);
      const fromBlock =
        input.fromTime === undefined
          ? (input.fromBlock ?? 0)
          : await source.findBlockAt(chain.id, new Date(input.fromTime), signal);
      const head = await source.readHead(chain.id, signal);
      if (fromBlock > head.number + 1) throw startsAfterHead(head.number + 1);
      const limits = { maximumRows, maximumBytes };
      const range = { fromBlock, toBlock };
      const made = await add({ chainId: chain.id, schema, ...range, parts, contracts, onlyContracts, ...limits });
      if (made === null) throw schemaTaken(schema);
      return present(made, actor);
    },

    /** @throws {HubError} `not_found` */
    update: async (actor: Actor, id: string, input: UpdateIndexInput): Promise<ChainIndex> => {
      const index = await find(actor, id);
      const { state, maximumRows = index.maximumRows, maximumBytes = index.maximumBytes } = input;
      await repository.update(id, { maximumRows, maximumBytes });
      if (state !== undefined && index.state !== 'done' && index.state !== state) {
        const rests = state === 'paused' ? { blocksPerSecond: null, logsPerSecond: null } : { fault: null };
        await repository.update(id, { ...rests, state, updatedAt: ports.now() });
        if (state === 'paused') await runner.halt(id);
        else runner.run(id);
      }
      return present(await find(actor, id), actor);
    },

    /** Deletes it with its tables; results that were made of them stay. @throws {HubError} `not_found` */
    remove: async (actor: Actor, id: string): Promise<{ chain: string }> => {
      const index = await find(actor, id);
      const bytes = await repository.remove(id);
      if (bytes === null) throw indexNotFound(id);
      await runner.halt(id);
      ports.store.retire(bytes);
      return { chain: nameOf(ports, index) };
    },

    /** The tables of all chains, as queries find them. The devnet's are there before it is indexed. */
    listTables: async (actor: Actor) => {
      if (!isWholePerson(actor)) return [];
      const indexes = await repository.list();
      const isMissing = !indexes.some(({ schema }) => schema === devnet.schema);
      const canBeMade = isMissing && (await devnet.readState()) !== 'missing';
      const listed = await Promise.all(indexes.map((index) => toTables(index, ports)));
      return [...listed.flat(), ...(canBeMade ? await toTables(emptyDevnet(devnet), ports) : [])];
    },

    /** Sees that what a query may read is there: the devnet is indexed when it is first asked for. */
    prepare: async (sql: string, signal: AbortSignal): Promise<void> => {
      if (!new RegExp(String.raw`\b${devnet.schema}\b`, 'i').test(sql)) return;
      const state = await devnet.readState();
      const index = await repository.findBySchema(devnet.schema);
      if (index === null ? state === 'missing' : state !== 'running' || index.state !== 'running') return;
      if (index !== null) runner.run(index.id);
      await prepareDevnet(signal);
    },

    findUsed: repository.findUsed,
    start: runner.start,
    stop: runner.stop,
  };
}
export type IndexService = ReturnType<typeof createIndexService>;

type Shown = Pick<
  IndexRecord,
  'chainId' | 'schema' | 'parts' | 'contracts' | 'fromBlock' | 'nextBlock' | 'finalBlock' | 'segments'
> & {
  updatedAt: Date | null;
};

const emptyDevnet = ({ chainId, schema }: IndexPorts['devnet']): Shown => ({
  ...wholeChain,
  chainId,
  schema,
  nextBlock: 0,
  finalBlock: null,
  segments: [],
  updatedAt: null,
});

async function toTables(index: Shown, { listTables }: Pick<IndexPorts, 'listTables'>) {
  const { schema, fromBlock, nextBlock, finalBlock, segments, updatedAt } = index;
  const range = nextBlock === fromBlock ? null : `blocks ${fromBlock}–${nextBlock - 1}`;
  return (await listTables(index)).map(({ name, description, columns, of = name, shape }) => ({
    schema,
    name,
    description: description.en,
    descriptionWords: description,
    columns,
    // Before a block was read nobody knows how many there will be.
    rows:
      range === null || (shape !== undefined && name !== 'blocks')
        ? null
        : segments.reduce((sum, { rows }) => sum + (rows[of] ?? 0), 0),
    datasetId: null,
    format: 'duckdb' as const,
    sha256s: segments.map(({ sha256 }) => sha256),
    table: of,
    ...(shape === undefined ? {} : { shape: shape.replace('$final', String(finalBlock ?? -1)) }),
    range,
    asOf: updatedAt?.toISOString() ?? null,
  }));
}

import type { Readable } from 'node:stream';
import { v7 } from 'uuid';
import type { Actor } from '#server/contract/actor.ts';
import {
  type Dataset,
  largestDatasetBytes,
  type QueryTable,
  type UpdateDatasetInput,
} from '#server/contract/dataset.ts';
import { detectEncoding } from '#server/detect-encoding.ts';
import { isWholePerson } from '#server/is-whole-person.ts';
import { datasetNotFound, datasetsRefused, mostDatasets, nameTaken, tooManyDatasets } from './dataset-errors.ts';
import type { DatasetPorts } from './dataset-ports.ts';
import type { DatasetRecord, DatasetRepository } from './dataset-repository.ts';
import { detectFormat } from './detect-format.ts';
import { toContent } from './to-content.ts';
import { toTableName } from './to-table-name.ts';
import { toUnicode } from './to-unicode.ts';

const headBytes = 64;
const longestFileName = 200;

/** The tables that people bring: each belongs to one person, whose queries alone read it. */
export function createDatasetService({ repository, ports }: { repository: DatasetRepository; ports: DatasetPorts }) {
  async function find(actor: Actor, id: string): Promise<DatasetRecord> {
    const dataset = isWholePerson(actor) ? await repository.find(actor.userId, id) : null;
    if (dataset === null) throw datasetNotFound(id);
    return dataset;
  }

  /** What was uploaded, with its text in UTF-8 however it was written. */
  async function storeSource(fileName: string, content: AsyncIterable<Uint8Array>) {
    const stored = await ports.storeBytes(content, { maximumBytes: largestDatasetBytes });
    const format = detectFormat(fileName, await ports.readHead(stored.sha256, headBytes));
    if (format === 'parquet') return { ...stored, format };
    const { encoding, certainty } = await detectEncoding(ports.readBytes(stored.sha256));
    if (encoding === 'utf-8' && certainty === 'sure') return { ...stored, format };
    const text = toUnicode(ports.readBytes(stored.sha256), encoding);
    const source = await ports.storeBytes(text, { maximumBytes: 2 * largestDatasetBytes });
    return { ...source, format: detectFormat(fileName, await ports.readHead(source.sha256, headBytes)) };
  }

  const listOwn = async (actor: Actor) => (isWholePerson(actor) ? repository.list(actor.userId) : []);

  return {
    list: async (actor: Actor): Promise<Dataset[]> => (await listOwn(actor)).map(present),

    get: async (actor: Actor, id: string): Promise<Dataset> => present(await find(actor, id)),

    /** The bytes that queries of the actor read of a dataset. @throws {HubError} `not_found` */
    findTable: async (actor: Actor, id: string): Promise<string> => (await find(actor, id)).tableSha256,

    /**
     * Stores an uploaded table and reads it.
     *
     * @throws {HubError} `payload_too_large`, `validation_failed` saying what of it cannot be read
     */
    create: async (
      actor: Actor,
      { name: fileName, content }: { name: string; content: Readable },
      signal: AbortSignal,
    ): Promise<Dataset> => {
      if (!isWholePerson(actor)) throw datasetsRefused();
      if ((await repository.count(actor.userId)) >= mostDatasets) throw tooManyDatasets();
      const { format, ...source } = await storeSource(fileName, content);
      const taken = (await repository.list(actor.userId)).map(({ name }) => name);
      const name = toTableName(fileName, taken);
      const made = await ports.importTable({ sha256: source.sha256, format, name, types: [] }, signal);
      const now = ports.now();
      const dataset = {
        id: v7(),
        ownerId: actor.userId,
        name: made.isReservedName ? toTableName(`${name}_table`, taken) : name,
        fileName: fileName.slice(-longestFileName),
        format,
        sourceSha256: source.sha256,
        sourceSize: source.size,
        ...toContent(made),
        createdAt: now,
        updatedAt: now,
      };
      return present(await repository.create(dataset));
    },

    /** @throws {HubError} `not_found`, `conflict`, `validation_failed` when the file does not fit the types */
    update: async (actor: Actor, id: string, input: UpdateDatasetInput, signal: AbortSignal): Promise<Dataset> => {
      const dataset = await find(actor, id);
      const { name = dataset.name, columns } = input;
      const others = (await repository.list(actor.userId)).filter((other) => other.id !== id);
      if (others.some((other) => other.name === name)) throw nameTaken(name);
      if (columns === undefined) return present(await repository.update(id, { name }));
      const types = dataset.columns.map((column) => columns.find((other) => other.name === column.name) ?? column);
      const { sourceSha256: sha256, format } = dataset;
      const made = await ports.importTable({ sha256, format, name, types }, signal);
      return present(await repository.update(id, { name, ...toContent(made), updatedAt: ports.now() }));
    },

    /** @throws {HubError} `not_found` */
    remove: async (actor: Actor, id: string): Promise<void> => {
      await find(actor, id);
      await repository.remove(actor.userId, id);
    },

    findUsed: repository.findUsed,

    /** The tables of the actor, as queries find them. */
    listTables: async (actor: Actor) =>
      (await listOwn(actor)).map((dataset) => ({
        schema: null,
        description: dataset.fileName,
        format: 'duckdb' as const,
        sha256s: [dataset.tableSha256],
        range: null,
        asOf: dataset.updatedAt.toISOString(),
        ...toTable(dataset),
      })),
  };
}
export type DatasetService = ReturnType<typeof createDatasetService>;

const toTable = ({ id, name, rows, columns, wrongChecksums }: DatasetRecord): Omit<QueryTable, 'description'> => ({
  name,
  rows,
  columns,
  datasetId: id,
  ...(wrongChecksums !== null && wrongChecksums.length > 0 && { wrongChecksums }),
});

const present = ({
  id,
  name,
  fileName,
  format,
  sourceSize,
  rows,
  columns,
  wrongChecksums,
  createdAt,
  updatedAt,
}: DatasetRecord): Dataset => ({
  id,
  name,
  fileName,
  format,
  size: sourceSize,
  rows,
  columns,
  wrongChecksums,
  createdAt: createdAt.toISOString(),
  updatedAt: updatedAt.toISOString(),
});

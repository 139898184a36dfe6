import type { DataFormat, WrongChecksums } from '#server/contract/dataset.ts';
import type { SqlColumn } from '#server/contract/sql.ts';

export type StoredBytes = { sha256: string; size: number };

export type DatasetPorts = {
  /** @throws {HubError} `payload_too_large`, `insufficient_storage` */
  storeBytes: (content: AsyncIterable<Uint8Array>, limits: { maximumBytes: number }) => Promise<StoredBytes>;
  /** The first bytes of a stored file. */
  readHead: (sha256: string, length: number) => Promise<Buffer>;
  /** A stored file from its beginning. */
  readBytes: (sha256: string) => AsyncIterable<Uint8Array>;
  /**
   * Makes a table of a stored file.
   *
   * @throws {HubError} `validation_failed`, saying what of it cannot be read
   */
  importTable: (
    source: { sha256: string; format: DataFormat; name: string; types: SqlColumn[] },
    signal: AbortSignal,
  ) => Promise<
    StoredBytes & { columns: SqlColumn[]; rows: number; wrongChecksums: WrongChecksums[]; isReservedName: boolean }
  >;
  now: () => Date;
  logError: (error: unknown, message: string) => void;
};

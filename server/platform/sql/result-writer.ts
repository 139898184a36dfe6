import { dirname } from 'node:path';
import type { DuckDBConnection, DuckDBResult } from '@duckdb/node-api';
import { collectGarbage } from '#server/platform/collect-garbage.ts';
import { openLocked } from './open-locked.ts';
import { quoteName, quoteText } from './quote.ts';

type Wanted = { file: string; maximumRows: number };

const name = 'result of this query';
/** Blocks of the smallest size: an empty file is 45 kB and not half a megabyte. */
const blockBytes = 16_384;
/** What is written goes to the file in groups of rows, and is held until its group is whole: usually 122,880, which is 250 MB of rows of 2 kB. */
const rowsOfGroup = 20_480;
const writerMb = 96;
const mostUncollectedBytes = 16 * 1024 * 1024;

/**
 * Writes rows to files of one folder, with an engine that runs nothing of a person's and can reach nothing else. It takes
 * 12 ms to open and is kept.
 */
export function createResultWriter() {
  let opened: { folder: string; room: ReturnType<typeof openLocked> } | null = null;

  return {
    /** Opens it, best while there is something to wait for. */
    prepare: (file: string): void => {
      const folder = dirname(file);
      if (opened?.folder === folder) return;
      opened = { folder, room: openLocked({ attached: [], folders: [folder], memoryMb: writerMb }) };
      opened.room.catch(() => undefined);
    },

    /** Writes the first rows of a result, and says what they are; it was prepared before. */
    write: async (result: DuckDBResult, wanted: Wanted) => {
      const room = await opened?.room;
      if (room === undefined) throw new Error('The writer of results is not open.');
      try {
        return await writeRows(room.connection, result, wanted);
      } catch (thrown) {
        room.close();
        opened = null;
        throw thrown;
      }
    },
  };
}

/** Rows that were written stay in memory until V8 collects the small objects that name them, which it sees no reason for. */
function watchGrowth() {
  let heldBytes = process.memoryUsage.rss();
  return () => {
    if (process.memoryUsage.rss() - heldBytes < mostUncollectedBytes) return;
    collectGarbage();
    heldBytes = process.memoryUsage.rss();
  };
}

async function writeRows(connection: DuckDBConnection, result: DuckDBResult, { file, maximumRows }: Wanted) {
  await connection.run(
    `ATTACH ${quoteText(file)} AS ${quoteName(name)} (BLOCK_SIZE ${blockBytes}, ROW_GROUP_SIZE ${rowsOfGroup})`,
  );
  const names = result.deduplicatedColumnNames();
  const columns = result.columnTypes().map((type, index) => ({ name: names[index] ?? '', type: String(type) }));
  const described = columns.map((column) => `${quoteName(column.name)} ${column.type}`).join(', ');
  await connection.run(`CREATE TABLE ${quoteName(name)}.data (${described})`);
  const appender = await connection.createAppender('data', 'main', name);
  const release = watchGrowth();
  let rows = 0;
  let isCut = false;
  for (let chunk = await result.fetchChunk(); chunk !== null && chunk.rowCount > 0; chunk = await result.fetchChunk()) {
    isCut = rows + chunk.rowCount > maximumRows;
    if (isCut) chunk.rowCount = maximumRows - rows;
    appender.appendDataChunk(chunk);
    rows += chunk.rowCount;
    if (isCut) break;
    release();
  }
  appender.closeSync();
  // What is only in the log would be left behind.
  await connection.run(`CHECKPOINT ${quoteName(name)}`);
  await connection.run(`DETACH ${quoteName(name)}`);
  return { columns, rows, isCut };
}

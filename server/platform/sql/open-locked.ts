import { rmSync } from 'node:fs';
import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';
import { ownFunctions } from './own-functions.ts';
import { quoteName, quoteText } from './quote.ts';
import { makeSpillFolder } from './spill-folder.ts';

type Room = {
  /** Files of this room, by the name under which SQL finds them; `write` makes a new one. */
  attached: { path: string; as: string; mode: 'read' | 'write' }[];
  /** Whether what is made will be large, and so read faster in large blocks. */
  isLarge?: boolean;
  /** Other files that may be read or written. */
  paths?: string[];
  /** Folders whose files may be read, written and attached. */
  folders?: string[];
  /** What is made before the doors close, such as views; nothing of a person's SQL, for to plan it can be to begin it. */
  prepare?: string[];
  /** Where a folder may be made for what does not fit the memory, until the engine is closed; without it nothing is laid down. */
  spillTo?: string;
  memoryMb: number;
};

const largestSpill = '2GB';
/** The smallest blocks: most tables are small, and an empty file is 45 kB and not half a megabyte. Many rows take half as much in large ones. */
const blockBytes = { small: 16_384, large: 262_144 };

/**
 * Opens an engine of its own in memory that can reach nothing but what it is given: no other file, no network, no
 * extension, and no setting can be changed back. `close` lets go of its files, which are whole by then.
 */
export async function openLocked({
  attached,
  paths = [],
  folders = [],
  prepare = [],
  isLarge = false,
  spillTo,
  memoryMb,
}: Room) {
  const spill = spillTo === undefined ? '' : makeSpillFolder(spillTo);
  const instance = await DuckDBInstance.create(':memory:', {
    memory_limit: `${memoryMb}MB`,
    threads: '2',
    temp_directory: spill,
    max_temp_directory_size: largestSpill,
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
    errors_as_json: 'true',
  });
  const connections = new Set<DuckDBConnection>();
  const connect = async () => {
    const connection = await instance.connect();
    connections.add(connection);
    return connection;
  };
  const first = await connect();
  for (const { path, as, mode } of attached) {
    const options = mode === 'read' ? 'READ_ONLY' : `BLOCK_SIZE ${isLarge ? blockBytes.large : blockBytes.small}`;
    await first.run(`ATTACH ${quoteText(path)} AS ${quoteName(as)} (${options})`);
  }
  await first.run("SET GLOBAL TimeZone = 'UTC'");
  if (paths.length > 0) await first.run(`SET allowed_paths = [${paths.map(quoteText).join(', ')}]`);
  if (folders.length > 0) await first.run(`SET allowed_directories = [${folders.map(quoteText).join(', ')}]`);
  for (const statement of [...ownFunctions, ...prepare]) await first.run(statement);
  await first.run('SET enable_external_access = false');
  await first.run('SET lock_configuration = true');

  return {
    connection: first,
    /** A statement that streams its rows needs a connection for itself. */
    connect,
    disconnect: (connection: DuckDBConnection) => {
      if (connections.delete(connection)) connection.closeSync();
    },
    close: () => {
      for (const connection of connections) connection.closeSync();
      connections.clear();
      instance.closeSync();
      if (spill !== '') rmSync(spill, { recursive: true, force: true });
    },
  };
}

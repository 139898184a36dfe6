import { openLocked } from './open-locked.ts';
import { showTables } from './show-tables.ts';
import type { RunTask } from './sql-tasks.ts';

type LockedRoom = Awaited<ReturnType<typeof openLocked>>;

/**
 * Keeps the engine of the last query for the next one, with the blocks that it has read, where that is the same person's on
 * the same files. What SQL can do to its engine, such as have it log what it runs, nobody else is to meet.
 */
export function createRoomKeeper() {
  let kept: { key: string; room: LockedRoom } | null = null;

  const forget = () => {
    kept?.room.close();
    kept = null;
  };

  return async <Result>(
    { personId, tables, memoryMb, folder }: Pick<RunTask, 'personId' | 'tables' | 'memoryMb' | 'folder'>,
    work: (connect: LockedRoom['connect']) => Promise<Result>,
  ): Promise<Result> => {
    const key = JSON.stringify([personId, tables, memoryMb]);
    if (kept?.key !== key) {
      // First, so that a process never holds the memory of two.
      forget();
      kept = { key, room: await openLocked({ ...showTables(tables), spillTo: folder, memoryMb }) };
    }
    const { room } = kept;
    const connections: Awaited<ReturnType<LockedRoom['connect']>>[] = [];
    try {
      return await work(async () => {
        const connection = await room.connect();
        connections.push(connection);
        return connection;
      });
    } catch (thrown) {
      // An engine that ran out of memory or broke is of no more use.
      forget();
      throw thrown;
    } finally {
      for (const connection of connections) room.disconnect(connection);
    }
  };
}

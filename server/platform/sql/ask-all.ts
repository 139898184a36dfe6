import { openLocked } from './open-locked.ts';
import { toColumns } from './read-rows.ts';
import { showTables } from './show-tables.ts';
import type { AskAnswer, AskTask } from './sql-tasks.ts';
import { toFailure } from './to-failure.ts';
import { toJsonValue } from './to-json-value.ts';

/** Answers statements one after another in one engine; one that fails says so and holds up no other. */
export async function askAll({ statements, tables, memoryMb, folder }: AskTask): Promise<AskAnswer> {
  const room = await openLocked({ ...showTables(tables), spillTo: folder, memoryMb });
  try {
    const answers: AskAnswer = [];
    for (const sql of statements) {
      try {
        const result = await room.connection.run(sql);
        answers.push({ answer: { columns: toColumns(result), rows: await result.convertRows(toJsonValue) } });
      } catch (thrown) {
        answers.push({ fault: toFailure(thrown).fault });
      }
    }
    return answers;
  } finally {
    room.close();
  }
}

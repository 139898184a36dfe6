import { openLocked } from './open-locked.ts';
import { quoteName, quoteText } from './quote.ts';
import type { KeepAnswer, KeepTask } from './sql-tasks.ts';

const mostBytesOfLine = 16 * 1024 * 1024;

/** Makes a result of rows that another engine sent as texts. A column that its type does not hold stays a text: no digit is lost. */
export async function keepRows({ source, columns, file, memoryMb }: KeepTask): Promise<KeepAnswer> {
  const room = await openLocked({ attached: [{ path: file, as: 'made', mode: 'write' }], paths: [source], memoryMb });
  try {
    const { connection } = room;
    const texts = columns.map((_column, index) => `c${index}: 'VARCHAR'`).join(', ');
    const options = `format = 'newline_delimited', maximum_object_size = ${mostBytesOfLine}`;
    const from = `read_json(${quoteText(source)}, columns = {${texts}}, ${options})`;
    const fits = columns.map(
      ({ type }, index) => `coalesce(bool_and(c${index} IS NULL OR TRY_CAST(c${index} AS ${type}) IS NOT NULL), true)`,
    );
    const checked = await connection.runAndReadAll(`SELECT count(*), ${fits.join(', ')} FROM ${from}`);
    const [rows, ...answers] = checked.getRows()[0] ?? [];
    const kept = columns.map(({ name, type }, index) => ({ name, type: answers[index] === true ? type : 'VARCHAR' }));
    const cast = kept.map(({ name, type }, index) => `CAST(c${index} AS ${type}) AS ${quoteName(name)}`);
    await connection.run(`CREATE TABLE made.data AS SELECT ${cast.join(', ')} FROM ${from}`);
    await connection.run('CHECKPOINT made');
    return { columns: kept, rows: Number(rows) };
  } finally {
    room.close();
  }
}

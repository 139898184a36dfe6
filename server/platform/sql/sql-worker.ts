import { serveTasks } from '#server/platform/workers/serve-tasks.ts';
import { askAll } from './ask-all.ts';
import { exportRows } from './export-rows.ts';
import { importTable } from './import-table.ts';
import { keepRows } from './keep-rows.ts';
import { readPage } from './read-rows.ts';
import { createQueryRunner } from './run-query.ts';
import type { SqlAnswer, SqlTask } from './sql-tasks.ts';
import { toFailure } from './to-failure.ts';

const runQuery = createQueryRunner();

function perform(task: SqlTask) {
  switch (task.kind) {
    case 'ask':
      return askAll(task);
    case 'run':
      return runQuery(task);
    case 'import':
      return importTable(task);
    case 'keep':
      return keepRows(task);
    case 'page':
      return readPage(task);
    case 'export':
      return exportRows(task);
  }
}

serveTasks(async (task: SqlTask): Promise<SqlAnswer<unknown>> => {
  try {
    return { answer: await perform(task) };
  } catch (thrown) {
    return { fault: toFailure(thrown).fault };
  }
});

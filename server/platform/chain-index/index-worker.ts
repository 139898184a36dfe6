import { toFailure } from '#server/platform/sql/to-failure.ts';
import type { SqlAnswer } from '#server/platform/sql/sql-tasks.ts';
import { serveTasks } from '#server/platform/workers/serve-tasks.ts';
import type { WriteAnswer, WriteTask } from './segment-tasks.ts';
import { writeSegment } from './write-segment.ts';

serveTasks(async (task: WriteTask): Promise<SqlAnswer<WriteAnswer>> => {
  try {
    return { answer: await writeSegment(task) };
  } catch (thrown) {
    return { fault: toFailure(thrown).fault };
  }
});

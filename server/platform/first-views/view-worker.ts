import { serveTasks } from '#server/platform/workers/serve-tasks.ts';
import { drawView } from '#web/app/draw-view.tsx';

// Somebody waits for each.
serveTasks(drawView, 0);

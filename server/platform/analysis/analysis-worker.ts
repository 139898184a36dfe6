import { serveTasks } from '#server/platform/workers/serve-tasks.ts';
import { type ForecastTask, forecastValues } from './forecast-values.ts';

serveTasks(async (task: ForecastTask) => forecastValues(task));

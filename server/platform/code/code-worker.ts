import { serveTasks } from '#server/platform/workers/serve-tasks.ts';
import { runInSandbox, type SandboxLimits } from './run-in-sandbox.ts';

/** `material` as JSON: a process that is sent text cannot be sent anything that acts. */
export type CodeTask = { code: string; material: string; limits: SandboxLimits };

serveTasks((task: CodeTask) => runInSandbox(task));

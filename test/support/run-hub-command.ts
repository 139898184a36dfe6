import { join } from 'node:path';
import { runCommand } from '#server/command/run-command.ts';
import { preparedFolder, workerFile } from './prepared-folder.ts';

export type CommandOutcome = { status: number; printed: string[]; said: string[] };

/** Runs one command of `npm run hub` on a data folder, as the program does but for the process. */
export async function runHubCommand(
  parameters: string[],
  variables: NodeJS.ProcessEnv & { HUB_DATA_DIR: string },
): Promise<CommandOutcome> {
  const [printed, said]: [string[], string[]] = [[], []];
  const status = await runCommand(parameters, {
    root: join(import.meta.dirname, '../..'),
    workerFile,
    templateFolder: join(preparedFolder, 'template'),
    variables: { HUB_LOCAL_MODELS: 'off', PORT: '0', ...variables },
    print: (line) => printed.push(line),
    say: (line) => said.push(line),
  });
  return { status, printed, said };
}

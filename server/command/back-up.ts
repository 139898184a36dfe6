import { join, resolve } from 'node:path';
import { createBackup } from '#server/platform/backup/create-backup.ts';
import type { CommandContext } from './command-context.ts';
import { keepCommand } from './keep-command.ts';
import { withHubData } from './with-hub-data.ts';

/** Writes a backup and prints where it is. */
export async function backUp(
  context: CommandContext,
  { to, withoutSecrets = false }: { to?: string; withoutSecrets?: boolean },
): Promise<void> {
  await withHubData(context, async ({ database, environment: { dataFolder } }) => {
    // First, so that the copy tells of itself.
    await keepCommand({ database }, { kind: 'backup', detail: { withSecrets: !withoutSecrets } });
    const now = new Date();
    const name = `atrium-${now.toISOString().replaceAll(':', '-')}.tar.gz`;
    const target = to === undefined ? join(dataFolder, 'backups', name) : resolve(to);
    const { hasSecrets, tables } = await createBackup({
      database,
      dataFolder,
      target,
      withSecrets: !withoutSecrets,
      now,
      say: context.say,
    });
    const rows = tables.reduce((sum, table) => sum + table.rows, 0);
    context.say(`${rows} rows of ${tables.length} tables.`);
    context.say(
      hasSecrets
        ? 'It holds secrets.json: keep it where nobody else can read it.'
        : 'It has no secrets.json: keep that file too, or sealed provider keys cannot be opened.',
    );
    context.print(target);
  });
}

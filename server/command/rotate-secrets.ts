import { join } from 'node:path';
import { createAlertRepository } from '#server/features/alerts/alert-repository.ts';
import { createChainRepository } from '#server/features/chains/chain-repository.ts';
import { createModelRepository } from '#server/features/models/model-repository.ts';
import { createDuneKeyRepository } from '#server/features/queries/dune-key-repository.ts';
import { createToolsetRepository } from '#server/features/toolsets/toolset-repository.ts';
import { createCallbackSecretRepository } from '#server/features/triggers/callback-secret-repository.ts';
import { createTriggerRepository } from '#server/features/triggers/trigger-repository.ts';
import { createSecrets } from '#server/platform/secrets.ts';
import type { CommandContext } from './command-context.ts';
import { keepCommand } from './keep-command.ts';
import { rewrapSecrets } from './rewrap-secrets.ts';
import { withHubData } from './with-hub-data.ts';

/** Makes a new wrapping key; a running hub finds it when it first meets what it sealed. */
export async function rotateSecrets(context: CommandContext): Promise<void> {
  await withHubData(context, async ({ database, environment }) => {
    const secrets = createSecrets({ file: join(environment.dataFolder, 'secrets.json') });
    const { keyId } = secrets.rotate();
    const { rewrap } = secrets;
    let count = 0;
    for (const { listSealed } of [
      createAlertRepository({ database }),
      createChainRepository({ database }),
      createModelRepository({ database }),
      createDuneKeyRepository({ database }),
      createToolsetRepository({ database }),
      createTriggerRepository({ database }),
      createCallbackSecretRepository({ database }),
    ]) {
      count += await rewrapSecrets(listSealed, rewrap);
    }
    await keepCommand({ database }, { kind: 'secrets-rotate', detail: { count } });
    context.say('Older keys stay in secrets.json, so that backups made before can still be opened.');
    context.print(`The new key is ${keyId}; ${count} sealed ${count === 1 ? 'secret is' : 'secrets are'} under it.`);
  });
}

import { join } from 'node:path';
import { createAccountRepository } from '#server/features/accounts/account-repository.ts';
import { createAccountService } from '#server/features/accounts/account-service.ts';
import { createSessionKeeper } from '#server/features/accounts/session-keeper.ts';
import { createSecrets } from '#server/platform/secrets.ts';
import type { HubData } from './with-hub-data.ts';

/** The service of people, wired without the rest of the hub so that a command starts quickly. */
export function openPeople({ database, environment }: HubData) {
  const secrets = createSecrets({ file: join(environment.dataFolder, 'secrets.json') });
  return createAccountService({
    repository: createAccountRepository({ database }),
    sessions: createSessionKeeper({
      prisma: database.prisma,
      secret: secrets.authSecret,
      baseUrl: toPageUrl(environment),
    }),
  });
}

/** Where people reach the hub, as far as its environment says. */
export function toPageUrl({ publicUrl, port }: HubData['environment']): string {
  return publicUrl ?? `http://localhost:${port}`;
}

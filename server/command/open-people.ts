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

/** Where people reach the hub, as far as its environment says: the address that `npm start` prints. */
export function toPageUrl({ publicUrl, host, port }: HubData['environment']): string {
  const here = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host;
  return publicUrl ?? `http://${here.includes(':') ? `[${here}]` : here}:${port}`;
}

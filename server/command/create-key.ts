import { CreateApiKeyInput } from '#server/contract/api-key.ts';
import { toActor } from '#server/features/accounts/account-service.ts';
import { createAgentRepository } from '#server/features/agents/agent-repository.ts';
import { createRunResolver } from '#server/features/agents/resolve-for-run.ts';
import { createKeyRepository } from '#server/features/keys/key-repository.ts';
import { createKeyService } from '#server/features/keys/key-service.ts';
import type { CommandContext } from './command-context.ts';
import { keepCommand } from './keep-command.ts';
import { openPeople } from './open-people.ts';
import { type HubData, withHubData } from './with-hub-data.ts';

type Options = { user: string; name: string; scopes: string[]; agents: string[]; expires?: string };

/** Makes a key as its person would, with what they may do, and prints it. */
export async function createKey(context: CommandContext, { user, expires, ...options }: Options): Promise<void> {
  const input = CreateApiKeyInput.parse({ ...options, expiresAt: expires ?? null });
  await withHubData(context, async (data) => {
    const person = await openPeople(data).findPersonByEmail(user);
    if (person === null) throw new Error(`There is no person with the address ${user}. Add them with "user create".`);
    const { key } = await openKeys(data).createKey(toActor(person), input);
    const detail = { scopes: input.scopes.join(', ') };
    await keepCommand(data, { kind: 'key-create', target: { person: person.id }, detail });
    context.print(key);
  });
}

function openKeys({ database }: HubData) {
  const { resolveForRun } = createRunResolver({ repository: createAgentRepository({ database }) });
  return createKeyService({
    repository: createKeyRepository({ database }),
    findAgents: async (actor, references) => {
      const found = references.map((reference) =>
        resolveForRun(actor, reference).then(
          ({ agent }) => [agent],
          () => [],
        ),
      );
      return (await Promise.all(found)).flat();
    },
    findSpending: async () => new Map(),
    onBudgetChange: () => {},
    onUseNotStored: () => {},
  });
}

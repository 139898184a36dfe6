import { CreatePersonInput } from '#server/contract/account.ts';
import type { CommandContext } from './command-context.ts';
import { keepCommand } from './keep-command.ts';
import { openPeople } from './open-people.ts';
import { withHubData } from './with-hub-data.ts';

type Options = { email: string; password: string; role: CreatePersonInput['role']; name?: string };

export async function createUser(context: CommandContext, { name, ...options }: Options): Promise<void> {
  const input = CreatePersonInput.parse({ ...options, name: name ?? options.email.split('@')[0] });
  await withHubData(context, async (data) => {
    const person = await openPeople(data).createPerson(input);
    await keepCommand(data, { kind: 'person-create', target: { person: person.id }, detail: { role: person.role } });
    context.print(`${person.email} can sign in now, as ${person.role}.`);
  });
}

import { createPasswordResetOpener } from '#server/features/accounts/open-password-reset.ts';
import { createPasswordResetRepository } from '#server/features/accounts/password-reset-repository.ts';
import type { CommandContext } from './command-context.ts';
import { keepCommand } from './keep-command.ts';
import { openPeople, toPageUrl } from './open-people.ts';
import { withHubData } from './with-hub-data.ts';

/** Prints a link to a new password, for when nobody is left who could make one in the page. */
export async function resetPassword(context: CommandContext, { email }: { email: string }): Promise<void> {
  await withHubData(context, async (data) => {
    const person = await openPeople(data).findPersonByEmail(email);
    if (person === null) throw new Error(`There is no person with the address ${email}. Add them with "user create".`);
    const open = createPasswordResetOpener({ repository: createPasswordResetRepository(data) });
    const { token } = await open(person);
    await keepCommand(data, { kind: 'password-link', target: { person: person.id } });
    context.say(`With this link ${person.email} sets a new password, once, within a day:`);
    context.print(`${toPageUrl(data.environment)}/new-password/${token}`);
  });
}

import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import type { CommandContext } from './command-context.ts';
import { describeFailure } from './describe-failure.ts';

const roles = ['administrator', 'creator', 'member'] as const;

/**
 * Runs one command of `npm run hub -- …` and answers its exit status. Results are printed, everything else is said; a
 * failure is a sentence, never a stack.
 */
export async function runCommand(parameters: string[], context: CommandContext): Promise<number> {
  let status = 0;
  const program = createProgram(context, (code) => (status = code));
  try {
    await program.parseAsync(parameters, { from: 'user' });
    return status;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode;
    for (const line of describeFailure(error)) context.say(line);
    return 1;
  }
}

/** Each command's code is read only when it is asked for. */
function createProgram(context: CommandContext, setStatus: (code: number) => void): Command {
  const program = new Command('npm run hub --')
    .description(
      'The command line of an Atrium hub. It works on HUB_DATA_DIR or DATABASE_URL, also while the hub runs.',
    )
    .configureOutput({
      writeOut: (text) => context.print(text.trimEnd()),
      writeErr: (text) => context.say(text.trimEnd()),
    })
    .showHelpAfterError('Add --help to see how it is used.')
    .exitOverride();

  const user = program.command('user').description('people');
  user
    .command('create')
    .description('add a person, without an invitation')
    .requiredOption('--email <address>', 'how they sign in')
    .requiredOption('--password <text>', 'at least 10 characters')
    .addOption(new Option('--role <role>', 'what they may do').choices(roles).makeOptionMandatory())
    .option('--name <name>', 'what others see; the part before @ unless told')
    .action(async (options: { email: string; password: string; role: (typeof roles)[number]; name?: string }) =>
      (await import('./create-user.ts')).createUser(context, options),
    );

  user
    .command('reset-password')
    .description('print a link with which a person sets a new password, once')
    .requiredOption('--email <address>', 'whose password it is')
    .action(async (options: { email: string }) =>
      (await import('./reset-password.ts')).resetPassword(context, options),
    );

  program
    .command('key')
    .description('API keys')
    .command('create')
    .description("make a person's API key, and print nothing but the key")
    .requiredOption('--user <address>', 'whose key it is')
    .requiredOption('--name <name>', 'to tell keys apart')
    .requiredOption('--scopes <list>', 'such as agents:read,runs:write', toList)
    .option('--agents <list>', 'only these agents', toList, [])
    .option('--expires <day>', 'such as 2027-01-01', toMoment)
    .action(async (options: { user: string; name: string; scopes: string[]; agents: string[]; expires?: string }) =>
      (await import('./create-key.ts')).createKey(context, options),
    );

  program
    .command('backup')
    .description('copy database, files and secrets into one .tar.gz, also while the hub runs')
    .option('--to <file>', 'where to; in the data folder unless told')
    .option('--without-secrets', 'leave secrets.json out: keep it elsewhere, sealed keys need it')
    .action(async (options: { to?: string; withoutSecrets?: true }) =>
      (await import('./back-up.ts')).backUp(context, options),
    );

  program
    .command('restore')
    .description('put a backup back; what is there is kept beside it')
    .argument('<file>', 'a backup')
    .action(async (file: string) => (await import('./restore.ts')).restore(context, file));

  program
    .command('secrets')
    .description('the keys that seal provider keys')
    .command('rotate')
    .description('make a new key and seal everything with it')
    .action(async () => (await import('./rotate-secrets.ts')).rotateSecrets(context));

  program
    .command('test')
    .description('run the tests of an agent, or of a package in a folder; exit status 1 when one fails or none passes')
    .argument('<agent>', "an agent's handle, or the folder of a package")
    .option('--model <list>', 'with these models instead of its own', toList, [])
    .option('--user <address>', 'who runs them; the first administrator unless told')
    .action(async (target: string, { model, user }: { model: string[]; user?: string }) => {
      const { testAgent } = await import('./test-agent.ts');
      setStatus((await testAgent(context, { target, models: model, ...(user === undefined ? {} : { user }) })) ? 0 : 1);
    });

  program
    .command('doctor')
    .description('look for what is wrong, and say what to do; exit status 1 when something is')
    .action(async () => setStatus((await (await import('./doctor.ts')).runDoctor(context)) ? 0 : 1));

  for (const command of withChildren(program)) {
    command.copyInheritedSettings(program);
    command.exitOverride();
  }
  return program;
}

function withChildren(command: Command): Command[] {
  return command.commands.flatMap((child) => [child, ...withChildren(child)]);
}

function toList(text: string): string[] {
  return text
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '');
}

function toMoment(text: string): string {
  const moment = new Date(text);
  if (!/^\d{4}-\d{2}-\d{2}/.test(text) || Number.isNaN(moment.getTime())) {
    throw new InvalidArgumentError('Write a day as 2027-01-01, or a time as 2027-01-01T09:00:00Z.');
  }
  return moment.toISOString();
}

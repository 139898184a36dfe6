import { join } from 'node:path';
import { runCommand } from './command/run-command.ts';

// Whoever reads what is printed may leave before its end, as `head` does.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1));

process.exitCode = await runCommand(process.argv.slice(2), {
  root: join(import.meta.dirname, '../..'),
  workerFile: new URL('./database-worker.js', import.meta.url),
  variables: process.env,
  print: (line) => process.stdout.write(`${line}\n`),
  say: (line) => process.stderr.write(`${line}\n`),
});

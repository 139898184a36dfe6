import { checkNode } from './check-node.mjs';

checkNode();
const { prepareHub } = await import('./prepare-hub.mjs');
const { say } = await import('./say.mjs');
try {
  await prepareHub();
} catch (error) {
  say(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}

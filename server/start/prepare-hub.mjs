import { fileURLToPath } from 'node:url';
import { buildHub } from './build-hub.mjs';
import { generateClient } from './generate-client.mjs';
import { installPackages } from './install-packages.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url)).replace(/[\\/]$/, '');

/** Makes ready what running a source needs: packages and the generated database client. */
export async function prepareSources() {
  await installPackages(root);
  await generateClient(root);
}

/** Makes ready what `npm start` runs: packages, database client, server and page. */
export async function prepareHub() {
  await prepareSources();
  await buildHub(root);
}

import { cpSync } from 'node:fs';
import { basename, join } from 'node:path';
import { isBuilt } from '#server/start/build-hub.mjs';

const root = join(import.meta.dirname, '../..');

/**
 * Copies what `npm start` runs, if it was built from the sources as they are: bundling them again takes a whole processor for ten seconds.
 * What draws first views has the whole page in it, and starts with each hub that finds it: nobody opens a page of these hubs.
 */
export function copyBuiltServer(folder: string): boolean {
  if (!isBuilt(root, 'server')) return false;
  cpSync(join(root, 'dist/server'), folder, {
    recursive: true,
    filter: (path) => basename(path) !== 'view-worker.js',
  });
  return true;
}

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const Manifest = z.object({ scripts: z.object({ start: z.string().startsWith('node ') }) });

/** What `npm start` gives to Node.js once the hub is built, relative to the repository: flags, the launcher, its program. */
export function readStartCommand(root: string): string[] {
  const { scripts } = Manifest.parse(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')));
  return scripts.start.split(' ').slice(1);
}

import module from 'node:module';
import { fileURLToPath } from 'node:url';
import './set-engine-flags.mjs';

// Node.js 22 and newer keep compiled code between starts.
/** @type {{ enableCompileCache?: (folder: string) => void }} */ (module).enableCompileCache?.(
  fileURLToPath(new URL('../../node_modules/.cache/atrium/compiled', import.meta.url)),
);

/** Runs a built program of the hub: `main` (the server) or `hub` (its command line). */
const [program = 'main'] = process.argv.splice(2, 1);
await import(new URL(`../../dist/server/${program}.js`, import.meta.url).href);

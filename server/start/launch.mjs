import module from 'node:module';
import { fileURLToPath } from 'node:url';
import { setFlagsFromString } from 'node:v8';

// Node.js 22 and newer keep compiled code between starts.
/** @type {{ enableCompileCache?: (folder: string) => void }} */ (module).enableCompileCache?.(
  fileURLToPath(new URL('../../node_modules/.cache/atrium/compiled', import.meta.url)),
);
// Node.js 20 optimises WebAssembly seven times as eagerly as newer ones: 0.8 s of CPU and 40 MB of every start.
if (process.versions.node.startsWith('20.')) setFlagsFromString('--wasm-tiering-budget=13000000');

/** Runs a built program of the hub: `main` (the server) or `hub` (its command line). */
const [program = 'main'] = process.argv.splice(2, 1);
await import(new URL(`../../dist/server/${program}.js`, import.meta.url).href);

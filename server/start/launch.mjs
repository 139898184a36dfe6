import module from 'node:module';
import { fileURLToPath } from 'node:url';
import { setFlagsFromString } from 'node:v8';

// Node.js 22 and newer keep compiled code between starts.
/** @type {{ enableCompileCache?: (folder: string) => void }} */ (module).enableCompileCache?.(
  fileURLToPath(new URL('../../node_modules/.cache/atrium/compiled', import.meta.url)),
);
// V8 optimises the database's WebAssembly so eagerly that the start waits for it; what is really hot is optimised all the same.
setFlagsFromString('--wasm-tiering-budget=100000000');
// A fifth more than what was alive: without a bound, the waste of many streams held at once is collected late.
setFlagsFromString('--heap-growing-percent=20');

/** Runs a built program of the hub: `main` (the server) or `hub` (its command line). */
const [program = 'main'] = process.argv.splice(2, 1);
await import(new URL(`../../dist/server/${program}.js`, import.meta.url).href);

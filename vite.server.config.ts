import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { defineConfig } from 'vite';

/** Packages that find files of their own at run time: native code, WebAssembly, static pages. */
const leftInPlace = [
  'sharp',
  '@electric-sql/pglite',
  '@electric-sql/pglite-pgvector',
  '@fastify/swagger-ui',
];

/** Each `x-worker.ts` becomes a file `x-worker.js` of its own, for `new Worker`. */
const workers = readdirSync('server', { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('-worker.ts'))
  .map((path) => [basename(path, '.ts'), join('server', path)]);

/** Everything else is bundled: reading thousands of small files takes a second of each start. */
export default defineConfig({
  publicDir: false,
  ssr: { noExternal: true, external: leftInPlace },
  build: {
    ssr: true,
    outDir: 'dist/server',
    emptyOutDir: true,
    target: 'node20',
    minify: false,
    rolldownOptions: {
      input: { main: 'server/main.ts', hub: 'server/hub.ts', ...Object.fromEntries(workers) },
      output: { entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
    },
  },
});

import { defineConfig } from 'vite';

/** Packages that find files of their own at run time: native code, WebAssembly, static pages. */
const leftInPlace = [
  'sharp',
  '@electric-sql/pglite',
  '@electric-sql/pglite-pgvector',
  '@electric-sql/pglite-socket',
  '@fastify/swagger-ui',
];

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
      input: {
        main: 'server/main.ts',
        hub: 'server/hub.ts',
        'database-worker': 'server/platform/embedded/database-worker.ts',
      },
      output: { entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
    },
  },
});

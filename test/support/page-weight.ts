import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const built = join(import.meta.dirname, '../../dist/web');
const Manifest = z.record(
  z.string(),
  z.looseObject({ file: z.string(), name: z.string().optional(), imports: z.array(z.string()).default([]) }),
);

/** The scripts of the built page: which come with which, and what they weigh as they are served. */
export function readPageScripts() {
  const read = (name: string) => Manifest.parse(JSON.parse(readFileSync(join(built, '.vite', name), 'utf8')));
  const hub = read('manifest.json');
  const frame = read('frame-manifest.json');
  function gather(manifest: z.infer<typeof Manifest>, name: string, files: Set<string>): Set<string> {
    const chunk = manifest[name] ?? Object.values(manifest).find((other) => other.name === name);
    if (chunk === undefined) throw new Error(`The built page has no ${name}.`);
    if (files.has(chunk.file)) return files;
    files.add(chunk.file);
    for (const imported of chunk.imports) gather(manifest, imported, files);
    return files;
  }

  return {
    pages: Object.keys(hub).filter((name) => /^app\/routes\/.+-page\.tsx$/.test(name)),
    /** The files that are there once these modules or named files and a page's start are: the hub's own, or that in other sites' frames. */
    filesWith: (modules: readonly string[], start: 'index.html' | 'embed.html' = 'index.html') => {
      const files = new Set<string>();
      for (const name of [start, ...modules]) gather(start === 'embed.html' ? frame : hub, name, files);
      return [...files].filter((file) => file.endsWith('.js'));
    },
    /** Brotli bytes; a file that is so small that it is served as it is counts whole. */
    weigh: (files: Iterable<string>) =>
      [...files].reduce((total, file) => {
        const path = join(built, file);
        return total + (statSync(`${path}.br`, { throwIfNoEntry: false }) ?? statSync(path)).size;
      }, 0),
  };
}

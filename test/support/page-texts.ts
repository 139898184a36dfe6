import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const page = /\bpage\(routes\.\w+, \[(.*)\], \(\) => import\('\.\/(routes\/[\w-]+\.tsx)'\)\)/g;
/** What every page shows. */
export const everywhere = ['app', 'common'];

/** The features whose texts are loaded with each page, by the page's file. */
export function readPageTexts(): Map<string, string[]> {
  const pages = readFileSync('web/app/pages.ts', 'utf8');
  return new Map([...pages.matchAll(page)].map(([, features = '', file = '']) => [`app/${file}`, toNames(features)]));
}

const toNames = (code: string) => [...code.matchAll(/'([\w-]+)'/g)].map(([, name = '']) => name);

/** The features whose texts a module asks for, itself or in what is loaded with it. */
export function findShownTexts(module: string): Set<string> {
  const shown = new Set<string>();
  for (const file of gatherModules(join('web', module), new Set())) {
    const code = readFileSync(file, 'utf8');
    for (const [, name = ''] of code.matchAll(/useTranslation\('([\w-]+)'/g)) shown.add(name);
    for (const [, name = ''] of code.matchAll(/[^\w.]t\(\s*['`]([\w-]+):/g)) shown.add(name);
  }
  return shown;
}

function gatherModules(file: string, found: Set<string>): Set<string> {
  if (found.has(file)) return found;
  found.add(file);
  const code = readFileSync(file, 'utf8');
  for (const [, imported = ''] of code.matchAll(/^(?:import|export)\s(?!type\b)[^;]*?from '([^']+\.tsx?)';/gm)) {
    const path = imported.startsWith('#web/') ? imported.slice(1) : join(dirname(file), imported);
    if (path.startsWith('web/') && existsSync(path)) gatherModules(path, found);
  }
  return found;
}

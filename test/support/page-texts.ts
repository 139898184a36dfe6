import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { listedAtTheDoor, listedInside } from '#web/app/page-list.ts';

/** The features whose texts are loaded with each page, by the page's file. */
export const pageTexts = new Map(
  [...listedAtTheDoor, ...listedInside].map(({ name, features }) => [`app/routes/${name}.tsx`, features]),
);

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

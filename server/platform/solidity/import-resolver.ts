/** What an import means: its path from the root, and the given file; null: none was given. */
export type ResolvedImport = {
  path: string;
  target: string | null;
  /** The file that has its name only, where none lies at its path: sources are often handed over without their folders. */
  namesake: string | null;
};

/**
 * Finds which of the given files an import means, as the compiler does: relative to the importing file, by remappings, else
 * in the folder of libraries that is nearest. Pure; nothing is fetched.
 *
 * @param remappings - the compiler's: `context:prefix=target`
 */
export function createImportResolver(
  paths: string[],
  remappings: string[],
): (from: string, imported: string) => ResolvedImport {
  const given = new Set(paths);
  const byName = new Map<string, string[]>();
  for (const path of paths) byName.set(toName(path), [...(byName.get(toName(path)) ?? []), path]);
  const rules = remappings
    .map(toRule)
    .sort((one, other) => other.context.length - one.context.length || other.prefix.length - one.prefix.length);
  return (from, imported) => {
    const path = toPath(from, imported);
    const rule = rules.find(({ context, prefix }) => from.startsWith(context) && path.startsWith(prefix));
    const mapped = rule === undefined ? path : toPath('', rule.target + path.slice(rule.prefix.length));
    const namesakes = byName.get(toName(path)) ?? [];
    const target =
      [mapped, path].find((one) => given.has(one)) ??
      findNearest(
        from,
        namesakes.filter((one) => one.endsWith(`/${mapped}`) || one.endsWith(`/${path}`)),
      );
    const others = namesakes.filter((one) => one !== from);
    return { path, target, namesake: others.length === 1 ? (others[0] ?? null) : null };
  };
}

const toName = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

function toRule(remapping: string) {
  const [left = '', target = ''] = remapping.split('=');
  const [prefix = '', context = ''] = left.split(':').reverse();
  return { context, prefix, target };
}

function toPath(from: string, path: string): string {
  const isRelative = path.startsWith('./') || path.startsWith('../');
  const parts = isRelative ? from.split('/').slice(0, -1) : [];
  for (const part of path.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '.') parts.push(part);
  }
  return parts.join('/');
}

/** Of several, the one that shares most folders with who asks, then the outermost. */
function findNearest(from: string, paths: string[]): string | null {
  const folders = from.split('/').slice(0, -1);
  const countShared = (path: string) => {
    const parts = path.split('/');
    const end = folders.findIndex((folder, at) => folder !== parts[at]);
    return end === -1 ? folders.length : end;
  };
  const [nearest] = paths.toSorted(
    (one, other) => countShared(other) - countShared(one) || one.split('/').length - other.split('/').length,
  );
  return nearest ?? null;
}

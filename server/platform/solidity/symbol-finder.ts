import type {
  ContractDefinition,
  ImportDirective,
  SourceUnit,
  StructDefinition,
} from '@solidity-parser/parser/dist/src/ast-types';
import { createImportResolver } from './import-resolver.ts';
import type { SourceFile } from './source-model.ts';

/** What a name at the level of a file means; a whole file under its alias (`import "a.sol" as A`). */
export type FileSymbol = ContractDefinition | StructDefinition | SourceUnit;

type Scope = {
  own: Map<string, FileSymbol>;
  imports: { node: ImportDirective; target: SourceUnit }[];
};

/**
 * Finds what names mean, file by file: what a file declares, then what it imports, also under other names and by way of
 * other files. A name that does not lead anywhere, since its import was not given or could not be read, means the one
 * contract that is called so, where there is one only. Pure.
 */
export function createSymbolFinder(files: SourceFile[], remappings: string[]) {
  const resolve = createImportResolver(
    files.map(({ path }) => path),
    remappings,
  );
  const units = new Map(files.map(({ path, unit }) => [path, unit]));
  const scopes = new Map<SourceUnit, Scope>();
  const missingImports = new Set<string>();
  const byName = new Map<string, FileSymbol[]>();
  const aliases = new Set<string>();
  for (const { path, unit } of files) {
    const scope: Scope = { own: new Map(), imports: [] };
    for (const node of unit.children) {
      if (node.type === 'ContractDefinition' || node.type === 'StructDefinition') {
        scope.own.set(node.name, node);
        byName.set(node.name, [...(byName.get(node.name) ?? []), node]);
      }
      if (node.type !== 'ImportDirective') continue;
      for (const alias of [node.unitAlias, ...(node.symbolAliases ?? []).map(([, other]) => other)])
        if (alias !== null) aliases.add(alias);
      const imported = resolve(path, node.path);
      if (imported.target === null) missingImports.add(imported.path);
      const target = units.get(imported.target ?? imported.namesake ?? '');
      if (target !== undefined) scope.imports.push({ node, target });
    }
    scopes.set(unit, scope);
  }

  function search(unit: SourceUnit, name: string, seen: Map<SourceUnit, Set<string>>): FileSymbol | null {
    const scope = scopes.get(unit);
    const before = seen.get(unit) ?? new Set();
    if (scope === undefined || before.has(name)) return null;
    seen.set(unit, before.add(name));
    const own = scope.own.get(name);
    if (own !== undefined) return own;
    for (const { node, target } of scope.imports) {
      if (node.unitAlias === name) return target;
      const wanted = node.symbolAliases
        ? node.symbolAliases.find(([symbol, alias]) => (alias ?? symbol) === name)?.[0]
        : node.unitAlias === null
          ? name
          : undefined;
      const found = wanted === undefined ? null : search(target, wanted, seen);
      if (found !== null) return found;
    }
    return null;
  }

  const kept = new Map<SourceUnit, Map<string, FileSymbol | null>>();
  function lookUp(unit: SourceUnit, name: string): FileSymbol | null {
    // Most names are of variables.
    if (!byName.has(name) && !aliases.has(name)) return null;
    const known = kept.get(unit) ?? new Map<string, FileSymbol | null>();
    kept.set(unit, known);
    const before = known.get(name);
    if (before !== undefined) return before;
    const found = search(unit, name, new Map()) ?? findOnly(name);
    known.set(name, found);
    return found;
  }

  const findOnly = (name: string): FileSymbol | null => {
    const [first = null, ...others] = byName.get(name) ?? [];
    return others.length === 0 ? first : null;
  };

  return {
    /** What is imported and was not given. */
    missingImports: [...missingImports],
    /** What a name or path (`Alias.Name`) means in a file; null where it is no file's symbol, or could be several. */
    findSymbol: (unit: SourceUnit, path: string): FileSymbol | null => {
      const [first = '', ...rest] = path.split('.');
      let at = lookUp(unit, first);
      if (at === null) return findOnly(rest.at(-1) ?? first);
      for (const name of rest) at = at?.type === 'SourceUnit' ? lookUp(at, name) : null;
      return at;
    },
  };
}

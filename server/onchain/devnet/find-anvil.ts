import { accessSync, constants } from 'node:fs';
import { createRequire } from 'node:module';
import { arch, platform } from 'node:os';
import { delimiter, dirname, join } from 'node:path';

const require = createRequire(import.meta.url);

/** Where Anvil is: where the operator says, where npm put it, or where the system finds it. Null: it is not here. */
export function findAnvil({ named, path }: { named: string | undefined; path: string }): string | null {
  if (named !== undefined) return isProgram(named) ? named : null;
  const file = platform() === 'win32' ? 'anvil.exe' : 'anvil';
  const builder = arch() === 'x64' ? 'amd64' : arch();
  const ours = findPackage(`@foundry-rs/anvil-${platform()}-${builder}`);
  const candidates = [
    ...(ours === null ? [] : [join(ours, 'bin')]),
    ...path.split(delimiter).filter((one) => one !== ''),
  ];
  return candidates.map((folder) => join(folder, file)).find(isProgram) ?? null;
}

function findPackage(name: string): string | null {
  try {
    return dirname(require.resolve(`${name}/package.json`));
  } catch {
    return null;
  }
}

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

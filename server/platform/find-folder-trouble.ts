import { accessSync, constants, type Stats, statSync } from 'node:fs';
import { dirname } from 'node:path';

/** Why a folder can neither be used nor made, and what to do about it; null when it can. */
export function findFolderTrouble(folder: string): [reason: string, advice: string] | null {
  const [place, found] = findNearest(folder);
  const start = place === folder ? folder : `${folder} cannot be made: ${place}`;
  if (!found.isDirectory()) return [`${start} is no folder.`, 'Set HUB_DATA_DIR to a folder.'];
  try {
    accessSync(place, constants.R_OK | constants.W_OK | constants.X_OK);
    return null;
  } catch {
    const advice = 'Give it to the user that runs the hub (chown), or set HUB_DATA_DIR to another folder.';
    return [`${start} cannot be written.`, advice];
  }
}

/** What stands at a path, or at the nearest one above it. */
function findNearest(path: string): [place: string, found: Stats] {
  try {
    return [path, statSync(path)];
  } catch (error) {
    if (dirname(path) === path) throw error;
    return findNearest(dirname(path));
  }
}

import { statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { HubEnvironment } from '#server/platform/env.ts';
import { findPortTrouble, sayWhyNotListening } from '#server/platform/find-port-trouble.ts';
import { type Finding, fine, note, wrong } from './finding.ts';

const gigabyte = 1024 ** 3;

export function checkNode(version: string): Finding {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const isNewEnough = major > 20 || (major === 20 && minor >= 19);
  return isNewEnough
    ? fine('Node.js', version)
    : wrong('Node.js', `${version} is too old.`, 'Install 20.19 or newer from https://nodejs.org.');
}

/** The room on the disk of the data folder, which need not exist yet. */
export async function checkDisk(folder: string): Promise<Finding> {
  const found = await statfs(folder).catch(() => null);
  if (found === null) return dirname(folder) === folder ? note('Disk', 'not known') : checkDisk(dirname(folder));
  const freeGigabytes = (found.bavail * found.bsize) / gigabyte;
  const detail = `${freeGigabytes.toFixed(1)} GB free`;
  if (freeGigabytes < 0.2) return wrong('Disk', detail, `Make room on the disk of ${folder}.`);
  return freeGigabytes < 1 ? note('Disk', detail, `Make room on the disk of ${folder} soon.`) : fine('Disk', detail);
}

export async function checkPort({ host, port, databaseUrl }: HubEnvironment): Promise<Finding> {
  const [subject, place] = ['Port', `${host}:${port}`];
  const trouble = await findPortTrouble({ host, port });
  if (trouble === null) return fine(subject, `${place} is free`);
  // Who runs on an embedded database is known; on a server it is not.
  return trouble.code === 'EADDRINUSE' && databaseUrl !== undefined
    ? note(subject, `${place} is taken, maybe by the hub itself`)
    : wrong(subject, ...sayWhyNotListening(place, trouble));
}

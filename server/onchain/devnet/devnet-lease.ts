import { mkdir, open, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';

const LeaseContent = z.object({
  id: z.string(),
  machine: z.string(),
  /** Null while it starts. */
  port: z.number().int().nullable(),
  processGroup: z.number().int().nullable(),
});
export type LeaseContent = z.infer<typeof LeaseContent>;

const beatMs = 5_000;
/** A process that was away that long has ended. */
const staleMs = 20_000;

export type DevnetLease = NonNullable<Awaited<ReturnType<typeof takeLease>>>;

/** Who runs the devnet of a data folder, if somebody does; it may have ended without saying so. */
export async function readLease(folder: string): Promise<(LeaseContent & { isStale: boolean }) | null> {
  const file = leaseFile(folder);
  try {
    const [text, { mtimeMs }] = await Promise.all([readFile(file, 'utf8'), stat(file)]);
    return { ...LeaseContent.parse(JSON.parse(text)), isStale: Date.now() - mtimeMs > staleMs };
  } catch {
    return null;
  }
}

/** Lets a lease go whose holder has ended. */
export async function dropLease(folder: string, { id }: LeaseContent): Promise<void> {
  const aside = `${leaseFile(folder)}.${id}`;
  await rename(leaseFile(folder), aside).catch(() => undefined);
  await rm(aside, { force: true });
}

/** Takes the right to run the devnet of a data folder. Null: somebody else has it. */
export async function takeLease(folder: string, id: string) {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const file = leaseFile(folder);
  const content: LeaseContent = { id, machine: hostname(), port: null, processGroup: null };
  try {
    const handle = await open(file, 'wx', 0o600);
    await handle.writeFile(JSON.stringify(content));
    await handle.close();
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return null;
    throw error;
  }
  const beat = setInterval(() => {
    const moment = new Date();
    utimes(file, moment, moment).catch(() => undefined);
  }, beatMs);
  beat.unref();
  return {
    /** Says where it runs. */
    tell: async (where: Pick<LeaseContent, 'port' | 'processGroup'>): Promise<void> => {
      await writeFile(`${file}.new`, JSON.stringify({ ...content, ...where }), { mode: 0o600 });
      await rename(`${file}.new`, file);
    },
    /** Whether nobody dropped it meanwhile. */
    isHeld: async (): Promise<boolean> => (await readLease(folder))?.id === id,
    release: async (): Promise<void> => {
      clearInterval(beat);
      if ((await readLease(folder))?.id === id) await rm(file, { force: true });
    },
  };
}

const leaseFile = (folder: string) => join(folder, 'lease.json');

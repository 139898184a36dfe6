import { serveTasks } from '#server/platform/workers/serve-tasks.ts';
import { type PackageOutcome, readPackage } from './package-format.ts';
import { readPackageZip } from './read-package-zip.ts';

export type PackageTask = { zip: Uint8Array };

serveTasks(async ({ zip }: PackageTask): Promise<PackageOutcome> => readPackage(await readPackageZip(zip)));

import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { type AvatarFile, toAvatarMediaType } from './avatar-keeper.ts';
import type { CarriedEvals } from './eval-keeper.ts';
import { type PackageFiles, readPackage, type ReadPackage } from './package-format.ts';

/** A package that came with the hub. `digest` is of what makes its agent, so that a new evaluation is no new version. */
export type ShippedPackage = { slug: string; digest: string; files: PackageFiles };
export type ShippedPackages = ReturnType<typeof createShippedPackages>;

const parts = /^(agent\.yaml|prompt\.md|CHANGELOG\.md|avatar\.[a-z]+)$/;

/** The folder of shipped packages, read once, when first asked for. */
export function createShippedPackages({ folder }: { folder: string }) {
  let packages: ShippedPackage[] | null = null;
  let templates: ReturnType<typeof listTemplates> | null = null;

  function list(): ShippedPackage[] {
    packages ??= existsSync(folder) ? readFolder(folder) : [];
    return packages;
  }

  function readAvatar(slug: string): AvatarFile | null {
    for (const [name, bytes] of list().find((shipped) => shipped.slug === slug)?.files ?? []) {
      const mediaType = name.startsWith('avatar.') ? toAvatarMediaType(name.slice('avatar.'.length)) : null;
      if (mediaType !== null) return { name, mediaType, bytes };
    }
    return null;
  }

  /** Those of a package, read when asked for: one that is wrong keeps no agent out. */
  function readEvals(slug: string): CarriedEvals {
    const isThere = list().some((shipped) => shipped.slug === slug);
    const outcome = isThere ? readPackage(readPackageFolder(join(folder, slug))) : null;
    return outcome !== null && 'read' in outcome ? outcome.read.tests : { evals: [], files: [] };
  }

  /** What the packages say, for who begins from one; those that cannot be read are left out. */
  function listTemplates(): (Pick<ReadPackage, 'definition' | 'tests'> & { slug: string })[] {
    templates ??= list().flatMap(({ slug }) => {
      const outcome = readPackage(readPackageFolder(join(folder, slug)));
      return 'read' in outcome ? [{ slug, ...outcome.read }] : [];
    });
    return templates;
  }

  return { list, readAvatar, readEvals, listTemplates };
}

function readFolder(folder: string): ShippedPackage[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(join(folder, entry.name, 'agent.yaml')))
    .map((entry) => entry.name)
    .sort()
    .map((slug) => {
      const files = new Map([...readPackageFolder(join(folder, slug))].filter(([path]) => parts.test(path)));
      return { slug, digest: toDigest(files), files };
    });
}

/** The files of a package that lies in a folder, by their path within it. */
export function readPackageFolder(folder: string): Map<string, Uint8Array> {
  const paths = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).replaceAll(sep, '/'));
  return new Map(paths.sort().map((path) => [path, new Uint8Array(readFileSync(join(folder, path)))]));
}

function toDigest(files: PackageFiles): string {
  const digest = createHash('sha256');
  for (const name of ['agent.yaml', 'prompt.md']) {
    const bytes = files.get(name) ?? new Uint8Array();
    digest.update(`${name} ${bytes.length}\n`).update(bytes);
  }
  return digest.digest('hex');
}

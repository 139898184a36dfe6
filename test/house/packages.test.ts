import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { readStartCommand } from '#test/support/read-start-command.ts';
import { codeFiles, readSource, root, sourceFiles } from './source-files.ts';

const Versions = z.record(z.string(), z.string()).default({});
const Manifest = z.object({
  dependencies: Versions,
  devDependencies: Versions,
  engines: z.object({ node: z.string() }),
});
const Installed = z.object({
  license: z.union([z.string(), z.object({ type: z.string() })]).optional(),
});
const permissive =
  /^(?:MIT|MIT-0|ISC|0BSD|Apache-2\.0|BSD-2-Clause|BSD-3-Clause|BlueOak-1\.0\.0|Unlicense|CC0-1\.0|MPL-2\.0)$/;

/** Without a licence text, but named by the project for its own tests; nothing of it is handed on. */
const onlyTested = ['@duneanalytics/client-sdk'];

const manifest = Manifest.parse(JSON.parse(readSource('package.json')));
const direct = { ...manifest.dependencies, ...manifest.devDependencies };

function readLicence(name: string): string {
  const { license } = Installed.parse(JSON.parse(readSource(`node_modules/${name}/package.json`)));
  return typeof license === 'object' ? license.type : (license ?? 'none');
}

describe('packages', () => {
  it('are started by the image as `npm start` does', () => {
    const command = JSON.stringify(['node', ...readStartCommand(root)]).replaceAll(',', ', ');
    expect(readSource('Dockerfile')).toContain(`\nCMD ${command}\n`);
  });

  it('and their settings are told by the README, and handed on by compose where the image has none of its own', () => {
    const settings = [...readSource('server/platform/env.ts').matchAll(/^ {2}([A-Z][A-Z_]+):/gm)].map(
      ([, name]) => name,
    );
    const ofImage = ['PORT', 'HOST', 'HUB_DATA_DIR'];
    expect(settings.length).toBeGreaterThan(20);
    expect(settings.filter((name) => !readSource('README.md').includes(`\`${name}\``))).toEqual([]);
    const compose = readSource('docker-compose.yml');
    expect(settings.filter((name) => !ofImage.includes(name ?? '') && !compose.includes(`\n      ${name}:`))).toEqual(
      [],
    );
  });

  it('are named with one exact version', () => {
    const loose = Object.entries(direct).filter(
      ([, version]) => !/^(?:\d+\.\d+\.\d+(?:-[\w.]+)?|file:.+)$/.test(version),
    );
    expect(loose).toEqual([]);
  });

  it('have a licence that allows every use', () => {
    expect(onlyTested.filter((name) => name in manifest.dependencies)).toEqual([]);
    const bound = Object.keys(direct)
      .filter((name) => !onlyTested.includes(name))
      .map((name) => ({ name, licence: readLicence(name) }))
      .filter(
        ({ licence }) =>
          !licence
            .replace(/[()]/g, '')
            .split(' OR ')
            .some((choice) => permissive.test(choice)),
      );
    expect(bound).toEqual([]);
  });

  it('have no copyleft among them all', () => {
    const lock = z
      .object({ packages: z.record(z.string(), z.object({ license: z.string().optional() })) })
      .parse(JSON.parse(readSource('package-lock.json')));
    const bound = Object.entries(lock.packages).filter(
      ([, { license = '' }]) =>
        /\b(?:A?GPL|SSPL|BUSL|Commons)/i.test(license) && !/\bL?GPL[^ ]*\b.*\bOR\b|\bOR\b/.test(license),
    );
    expect(bound.map(([path, { license }]) => `${path}: ${license}`)).toEqual([]);
  });

  it('are not listed twice', () => {
    expect(Object.keys(manifest.dependencies).filter((name) => name in manifest.devDependencies)).toEqual([]);
  });

  it('are used', () => {
    const texts = [...codeFiles, ...sourceFiles.filter((path) => /\.(?:css|prisma)$/.test(path))].map(readSource);
    // Types come with the packages that they describe; oxlint itself starts its type-aware part.
    const names = Object.keys(direct).filter(
      (name) => !name.startsWith('@types/') && name !== 'oxlint-tsgolint' && !direct[name]?.startsWith('file:'),
    );
    const isUsed = (name: string) => {
      const pattern = new RegExp(`(?:['"]|node_modules/)${name.replace('.', '\\.')}['"/]`);
      return texts.some((text) => pattern.test(text));
    };
    expect(names.filter((name) => !isUsed(name))).toEqual([]);
  });

  it('are none of them deprecated', () => {
    expect(readSource('package-lock.json')).not.toContain('"deprecated":');
  });

  it('are locked', () => {
    expect(existsSync(join(root, 'package-lock.json'))).toBe(true);
    expect(readSource('package-lock.json')).not.toMatch(/"resolved": "https?:/);
  });
});

import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { builtInCategories } from '#server/contract/agent-definition.ts';
import { listPublishProblems } from '#server/features/agents/find-definition-problems.ts';
import { readPackage } from '#server/features/agents/package-format.ts';
import { readPackageFolder } from '#server/features/agents/shipped-packages.ts';
import { createToolCatalogue } from '#server/runtime/tools/catalogue.ts';

const agentsFolder = join(import.meta.dirname, '../../agents');
const unused = () => Promise.reject(new Error('No tool is called here.'));
const catalogue = createToolCatalogue({
  now: () => new Date(0),
  fetch: unused,
  readPage: unused,
  drawChart: unused,
  runCode: unused,
  createImage: unused,
  makeThumbnail: unused,
  ipfsGateway: 'https://ipfs.example',
  chains: { chains: () => [], read: unused },
  auditContract: unused,
  analysePoints: { forecast: unused, indicators: unused },
});
const tools = new Map(catalogue.list().map((tool) => [tool.id, tool]));
const slugs = readdirSync(agentsFolder, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map((entry) => entry.name);

function read(slug: string) {
  const outcome = readPackage(readPackageFolder(join(agentsFolder, slug)));
  if ('problems' in outcome) throw new Error(JSON.stringify(outcome.problems, null, 2));
  return outcome.read;
}

describe('the shipped agents', () => {
  it('are at least ten, over all categories', () => {
    expect(slugs.length).toBeGreaterThanOrEqual(10);
    expect(new Set(slugs.map((slug) => read(slug).definition.identity.category))).toEqual(new Set(builtInCategories));
  });

  it.each(slugs)(
    '%s is valid, could be published, and is listed for everyone unless it works behind the builder',
    (slug) => {
      const { definition, avatarFile } = read(slug);
      const missing = definition.tools.map((tool) => tool.id).filter((id) => !tools.has(id));
      expect(listPublishProblems(definition, new Set(missing))).toEqual([]);
      expect(definition.identity.handle).toBe(slug);
      expect(definition.access.visibility).toBe(slug === 'agent-builder' ? 'link' : 'hub');
      expect(avatarFile?.mediaType).toBe('image/svg+xml');
      expect(definition.instructions.length).toBeGreaterThan(400);
      expect(definition.identity.tagline).not.toBe('');
      expect(definition.opening.starters.length).toBeGreaterThanOrEqual(2);
    },
  );

  it.each(slugs)('%s uses each of its variables and names no other', (slug) => {
    const { definition } = read(slug);
    const used = [...definition.instructions.matchAll(/\{\{(\w+)\}\}/g)].map((match) => match[1]);
    const known = definition.variables.map((variable) => variable.name);
    expect(new Set(used.filter((name) => name !== 'name'))).toEqual(new Set(known));
  });

  it.each(slugs)('%s has at least three tests, of tools that it has', (slug) => {
    const { definition, tests } = read(slug);
    const own = definition.tools.map((tool) => tool.id);
    expect(tests.evals.length).toBeGreaterThanOrEqual(3);
    for (const { expect: checks } of tests.evals) {
      for (const check of checks) {
        if (check.kind !== 'calls') continue;
        expect(own).toContain(check.tool);
        const inputs = z.toJSONSchema(tools.get(check.tool)?.input ?? z.never(), {
          io: 'input',
          unrepresentable: 'any',
        });
        for (const name of Object.keys(check.arguments)) expect(inputs.properties).toHaveProperty(name);
      }
    }
  });

  it.each(slugs)('%s says all that people read of it in 简体中文 too', (slug) => {
    const { identity, opening, variables, translations } = read(slug).definition;
    const texts = translations['zh-CN'];
    const { name, tagline, description } = texts ?? {};
    for (const text of [name, tagline, description, texts?.opening.message]) expect(text).toMatch(/\p{Script=Han}/u);
    expect(texts?.opening.starters.length).toBeGreaterThanOrEqual(2);
    expect(opening.example.question === '').toBe(texts?.opening.example.question === '');
    expect(Object.keys(texts?.variables ?? {})).toEqual(variables.map((variable) => variable.name));
    for (const { name: variable, type, options, defaultValue } of variables) {
      const said = texts?.variables[variable];
      expect(said?.label).toMatch(/\p{Script=Han}/u);
      expect(Object.keys(said?.options ?? {})).toEqual(options);
      if (type === 'text') expect(said?.defaultValue === '').toBe(defaultValue === '');
    }
    const own = [
      identity.name,
      identity.tagline,
      identity.description,
      opening.message,
      ...variables.map((v) => v.label),
    ];
    expect(own.filter((text) => /\p{Script=Han}/u.test(text) && text !== 'Translator EN/中文')).toEqual([]);
  });

  it('can be tried without a key: one needs nothing from outside', () => {
    const keyless = slugs.filter((slug) => read(slug).tests.evals.every(({ needs }) => needs.length === 0));
    expect(keyless).toContain('counting-desk');
  });
});

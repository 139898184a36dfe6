import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { AgentVersion } from '#server/contract/agent.ts';
import { createInstallShippedAgents } from '#server/features/agents/install-shipped-agents.ts';
import { createShippedAgentRepository } from '#server/features/agents/shipped-agent-repository.ts';
import { createShippedPackages } from '#server/features/agents/shipped-packages.ts';
import { createShippedPictures, toPictureName } from '#server/features/agents/shipped-pictures.ts';
import { ask, createAgent, listAgents } from '#test/support/agent-requests.ts';
import { buildTestApp, type TestApp, type TestPerson } from '#test/support/build-test-app.ts';

const shippedFolder = join(import.meta.dirname, '../../agents');
const folder = mkdtempSync(join(tmpdir(), 'atrium-agents-'));
let hub: TestApp;
let creator: TestPerson;

beforeAll(async () => {
  hub = await buildTestApp({ agentsFolder: shippedFolder });
  creator = await hub.createPerson({ role: 'creator' });
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));
afterAll(() => hub.close());

function writePackage(slug: string, { prompt = 'Be kind.', name = slug }: { prompt?: string; name?: string } = {}) {
  mkdirSync(join(folder, slug, 'evals'), { recursive: true });
  const yaml = `schemaVersion: 1\nname: ${name}\nhandle: ${slug}\navatar: avatar.svg\ncategory: hub\naccess: {visibility: hub, licence: MIT}\n`;
  writeFileSync(join(folder, slug, 'agent.yaml'), yaml);
  writeFileSync(join(folder, slug, 'prompt.md'), prompt);
  writeFileSync(join(folder, slug, 'avatar.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>');
}

/** Installs as a hub does that starts anew with what is in the folder now. */
function installAgain() {
  const { database } = hub.services;
  const install = createInstallShippedAgents({
    repository: createShippedAgentRepository({ database }),
    packages: createShippedPackages({ folder }),
    onChange: () => undefined,
  });
  return install();
}

describe('installing the shipped agents', () => {
  it('makes each of them usable by everyone at the first start, and nothing at the second', async () => {
    const slugs = readdirSync(shippedFolder).sort();
    expect(await hub.services.agents.installShippedAgents()).toEqual({ installed: slugs, updated: [], problems: [] });
    const member = await hub.createPerson({ role: 'member' });
    const { body } = await listAgents(member, '?limit=100&scope=shipped');
    // The one that works behind the builder can be used, but stands in no list.
    expect(body.items.map((item) => item.handle).sort()).toEqual(slugs.filter((slug) => slug !== 'agent-builder'));
    expect((await ask(member, { url: '/api/agents/agent-builder' })).body).toMatchObject({ can: { run: true } });
    expect(body.items[0]).toMatchObject({
      shipped: true,
      owner: null,
      publishedVersion: 1,
      can: { edit: false, run: true },
    });
    const featured = await ask<{ items: { handle: string }[] }>(member, { url: '/api/hub/featured' });
    expect(featured.body.items.map(({ handle }) => handle).slice(0, 2)).toEqual(['hub-guide', 'counting-desk']);
    const avatar = await member.inject({ url: '/api/agents/copywriter/avatar' });
    // A picture where the hub was built, as it is before each whole run of the tests.
    const form = expect.stringMatching(/^image\/(webp|svg\+xml)$/);
    expect([avatar.statusCode, avatar.headers['content-type']]).toEqual([200, form]);
    const nothing = { installed: [], updated: [], problems: [] };
    expect(await hub.services.agents.installShippedAgents()).toEqual(nothing);
  });

  it('publishes a new version of what changed, with the note of its change log, and leaves copies alone', async () => {
    writePackage('desk');
    writePackage('lamp');
    await installAgain();
    const copy = await ask(creator, { method: 'POST', url: '/api/agents/desk/duplicate', payload: {} });
    writePackage('desk', { prompt: 'Be brief.' });
    writeFileSync(join(folder, 'desk/CHANGELOG.md'), '# Desk\n\n## 2\n\nShorter answers.\n\n## 1\n\nFirst.\n');
    writeFileSync(join(folder, 'lamp/evals/new.yaml'), 'name: x');
    expect(await installAgain()).toEqual({ installed: [], updated: ['desk'], problems: [] });
    const { body } = await ask<AgentVersion>(creator, { url: '/api/agents/desk/versions/2' });
    expect([body.note, body.definition.instructions]).toEqual(['Shorter answers.', 'Be brief.']);
    const kept = await ask(creator, { url: `/api/agents/${copy.body.id}` });
    expect([kept.body.definition.instructions, kept.body.shipped]).toEqual(['Be kind.', false]);
    writePackage('lamp', { prompt: 'Shine.' });
    await installAgain();
    expect((await ask<AgentVersion>(creator, { url: '/api/agents/lamp/versions/2' })).body.note).toBe(
      'Updated with the hub',
    );
  });

  it('keeps what was removed from the folder, and does not bring back what an administrator deleted', async () => {
    writePackage('gone');
    writePackage('deleted');
    await installAgain();
    const boss = await hub.createPerson({ role: 'administrator' });
    expect((await ask(boss, { method: 'DELETE', url: '/api/agents/deleted' })).status).toBe(204);
    rmSync(join(folder, 'gone'), { recursive: true });
    writePackage('deleted', { prompt: 'Back again?' });
    expect(await installAgain()).toEqual({ installed: [], updated: [], problems: [] });
    expect((await ask(boss, { url: '/api/agents/gone' })).status).toBe(200);
    expect((await ask(boss, { url: '/api/agents/deleted' })).status).toBe(404);
  });

  it('shows an avatar as the build has drawn it, and one that has changed since as it is', async () => {
    writePackage('drawn');
    const avatar = createShippedPackages({ folder }).readAvatar('drawn') ?? expect.fail();
    const findPicture = createShippedPictures({ folder: pathToFileURL(`${folder}/`) });
    writeFileSync(join(folder, toPictureName(avatar.bytes)), 'picture');
    expect(await findPicture(avatar)).toMatchObject({ mediaType: 'image/webp', bytes: Buffer.from('picture') });
    const changed = { ...avatar, bytes: Buffer.from('<svg/>') };
    expect(await findPicture(changed)).toBe(changed);
  });

  it('takes another handle where a person has it already', async () => {
    writePackage('wanted');
    const own = await createAgent(creator, { name: 'Mine', handle: 'wanted' });
    await installAgain();
    expect((await ask(creator, { url: '/api/agents/wanted' })).body.id).toBe(own.id);
    expect((await ask(creator, { url: '/api/agents/wanted-2' })).body.shipped).toBe(true);
    writePackage('wanted', { prompt: 'Changed.' });
    await installAgain();
    expect((await ask(creator, { url: '/api/agents/wanted-2' })).body).toMatchObject({ publishedVersion: 2 });
  });

  it('leaves a broken package out, saying why, and installs the others', async () => {
    writePackage('whole');
    writePackage('broken');
    writeFileSync(join(folder, 'broken/agent.yaml'), 'name: [');
    const { installed, problems } = await installAgain();
    expect(installed).toEqual(['whole']);
    expect(problems).toEqual([expect.stringMatching(/"broken" is left out\. agent\.yaml: /)]);
    writePackage('broken');
    expect(await installAgain()).toMatchObject({ installed: ['broken'] });
  });

  it('is done once when two processes start at the same time', async () => {
    writePackage('once');
    const results = await Promise.all([installAgain(), installAgain()]);
    expect(results.flatMap((result) => result.installed)).toEqual(['once']);
  });
});

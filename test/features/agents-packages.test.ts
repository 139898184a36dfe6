import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PortraitStyle } from '#server/contract/portrait.ts';
import { readPackage } from '#server/features/agents/package-format.ts';
import { readPackageZip } from '#server/features/agents/read-package-zip.ts';
import {
  ask,
  createAgent,
  createPublished,
  importZip,
  listAgents,
  patchDraft,
  toUpload,
} from '#test/support/agent-requests.ts';
import { buildTestApp, type TestApp, type TestPerson } from '#test/support/build-test-app.ts';
import { makeZip } from '#test/support/make-zip.ts';

let hub: TestApp;
let owner: TestPerson;
let other: TestPerson;
let member: TestPerson;

beforeAll(async () => {
  hub = await buildTestApp();
  owner = await hub.createPerson({ role: 'creator' });
  other = await hub.createPerson({ role: 'creator' });
  member = await hub.createPerson({ role: 'member' });
});
afterAll(() => hub.close());

const manifest = 'schemaVersion: 1\nname: Zipped\nhandle: zipped\navatar: avatar.svg\ncategory: hub\n';
const circle = '<svg xmlns="http://www.w3.org/2000/svg"><circle r="1"/></svg>';
const toZip = (files: Record<string, string>) =>
  makeZip(Object.entries(files).map(([path, content]) => ({ path, content })));

async function download(person: TestPerson, agent: string) {
  const response = await person.inject({ url: `/api/agents/${agent}/export` });
  expect([response.statusCode, response.headers['content-type']]).toEqual([200, 'application/zip']);
  return { bytes: new Uint8Array(response.rawPayload), disposition: response.headers['content-disposition'] };
}

async function uploadImage(person: TestPerson, content: string) {
  const { headers, payload } = toUpload(Buffer.from(content), { name: 'me.svg', mediaType: 'image/svg+xml' });
  const { body } = await ask<{ id: string }>(person, { method: 'POST', url: '/api/files', headers, payload });
  return { kind: 'file', file: body.id };
}

describe('a drawn picture', () => {
  const draw = (style: string, query: Record<string, string>) =>
    hub.app.inject({ url: `/api/portraits/${style}`, query: { seed: 'fees', color: '0b6457', ...query } });

  it.each(PortraitStyle.options)(
    'is an SVG in %s that only draws, and the same for the same seed and colour',
    async (style) => {
      const first = await draw(style, {});
      expect(first.statusCode).toBe(200);
      expect(first.headers).toMatchObject({
        'content-type': 'image/svg+xml',
        'cache-control': 'public, max-age=2592000',
        'content-security-policy': expect.stringContaining('sandbox'),
        'cross-origin-resource-policy': 'cross-origin',
      });
      expect(first.body).toMatch(/^<svg /);
      expect(first.body).not.toMatch(/<script|\son\w+=|javascript:|<foreignObject/i);
      expect(first.body).toMatch(/#(?:0b6457|b6d1cd)/i);
      expect((await draw(style, {})).body).toBe(first.body);
      expect((await draw(style, { color: 'a3472b' })).body).not.toBe(first.body);
      const seeds = await Promise.all(['a', 'b', 'c', '费用'].map((seed) => draw(style, { seed })));
      expect(new Set(seeds.map(({ body }) => body)).size).toBeGreaterThan(2);
    },
  );

  it('is refused in a style that nobody drew, or a colour that is none', async () => {
    expect((await draw('mosaic', {})).statusCode).toBe(400);
    expect((await draw('shapes', { color: 'red"/>' })).statusCode).toBe(400);
    expect((await draw('shapes', { seed: 'x'.repeat(81) })).statusCode).toBe(400);
  });

  it('of before there were styles is one of shapes', async () => {
    const agent = await createAgent(owner, {
      name: 'Old',
      identity: { avatar: { kind: 'drawn', seed: 'a', color: '#0b6457' } },
    });
    expect(agent.definition.identity.avatar).toMatchObject({ style: 'shapes' });
  });
});

describe('export and import', () => {
  it('give the same definition, under a free handle', async () => {
    const agent = await createAgent(owner, {
      name: 'Traveller',
      identity: { tagline: 'Goes “far” # and: back', tags: ['旅行'], category: 'analysis', language: 'zh' },
      definition: {
        instructions: 'Line one\n\n  indented: {{city}}\n',
        variables: [{ name: 'city', label: '城市', type: 'choice', options: ['Oslo', '007'] }],
        tools: [
          { id: 'calculator', approval: 'always' },
          { id: 'chart', fixedParameters: { kind: 'pie', data: null } },
        ],
        output: { kind: 'json', schema: { type: 'object', properties: { 'a.b': { type: ['string', 'null'] } } } },
        access: { visibility: 'hub' },
        translations: {
          'zh-CN': {
            name: '旅行家',
            opening: { starters: ['去哪里？'] },
            variables: { city: { label: '城市', options: { Oslo: '奥斯陆' } } },
          },
        },
      },
    });
    const { bytes, disposition } = await download(owner, agent.handle);
    expect(disposition).toBe('attachment; filename="traveller.zip"');
    const { status, headers, body } = await importZip(other, bytes);
    expect([status, headers['etag'], body.handle, body.publishedVersion]).toEqual([201, '"1"', 'traveller-2', null]);
    const identity = { ...agent.definition.identity, handle: 'traveller-2' };
    expect(body.definition).toEqual({ ...agent.definition, identity });
    expect(body.owner?.id).toBe(other.actor.userId);
    await ask(owner, { method: 'DELETE', url: `/api/agents/${agent.id}` });
    expect((await importZip(owner, bytes)).body.definition).toEqual(agent.definition);
  });

  it('give others the published version and never the draft', async () => {
    const agent = await createPublished(owner, { name: 'Public Face', licence: 'MIT' });
    await patchDraft(owner, agent.id, { revision: 1, changes: { instructions: 'unpublished thought' } });
    const read = readPackage(await readPackageZip((await download(member, agent.id)).bytes));
    expect(read).toMatchObject({ read: { definition: { instructions: '' } } });
  });

  it('carry an uploaded avatar, which others see through the agent only', async () => {
    const avatar = await uploadImage(owner, circle);
    const agent = await createAgent(owner, { name: 'Pictured', identity: { avatar } });
    const hidden = await member.inject({ url: `/api/agents/${agent.id}/avatar` });
    expect(hidden.statusCode).toBe(404);
    const copy = await importZip(other, (await download(owner, agent.id)).bytes);
    const shown = await other.inject({ url: `/api/agents/${copy.body.id}/avatar` });
    expect([shown.statusCode, shown.headers['content-type'], shown.body]).toEqual([200, 'image/svg+xml', circle]);
    expect(shown.headers['content-security-policy']).toContain('sandbox');
    expect(shown.headers['x-content-type-options']).toBe('nosniff');
    expect((await other.inject({ url: `/api/files/${avatar.file}` })).statusCode).toBe(404);
  });

  it('refuse a file of someone else as avatar, and a picture that can do more than show', async () => {
    const foreign = await uploadImage(owner, circle);
    const scripted = await uploadImage(other, '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"></svg>');
    for (const avatar of [foreign, scripted]) {
      const { status, body } = await ask(other, {
        method: 'POST',
        url: '/api/agents',
        payload: { name: 'Borrowed', identity: { avatar } },
      });
      expect([status, body.errors?.map((issue) => issue.path)]).toEqual([400, ['body.identity.avatar.file']]);
    }
    expect((await listAgents(other, '?search=borrowed')).body.items).toEqual([]);
  });

  it('name every problem of a package with its file and path, and keep nothing of it', async () => {
    const zip = await toZip({
      'zipped/agent.yaml': `${manifest}model: {wishes: [gpt], temperature: 5}\n`,
      'zipped/avatar.svg': '<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>',
      'zipped/evals/bad.yaml': 'name: x',
    });
    const { status, body } = await importZip(owner, zip);
    expect([status, body.code]).toEqual([400, 'package_invalid']);
    expect(body.errors?.map((issue) => issue.path)).toEqual(
      expect.arrayContaining([
        'agent.yaml: model.wishes.0',
        'agent.yaml: model.temperature',
        'avatar.svg',
        'prompt.md',
        'evals/bad.yaml: expect',
      ]),
    );
    expect((await listAgents(owner, '?search=zipped')).body.items).toEqual([]);
  });

  it.each([
    ['a null character', { 'prompt.md': 'a\0b' }, 'instructions'],
    [
      'a link as avatar',
      { 'prompt.md': '', 'agent.yaml': manifest.replace('avatar.svg', '../../secrets.json') },
      'agent.yaml: avatar',
    ],
  ])('refuse %s', async (_what, files, path) => {
    const zip = await toZip({ 'agent.yaml': manifest, 'avatar.svg': circle, ...files });
    const { status, body } = await importZip(owner, zip);
    expect([status, body.errors?.map((issue) => issue.path)]).toEqual([400, [path]]);
  });

  it('refuse what is no zip, no upload, too big, or sent by someone who makes no agents', async () => {
    expect((await importZip(owner, Buffer.from('hello'))).body.code).toBe('package_invalid');
    const json = await ask(owner, { method: 'POST', url: '/api/agents/import', payload: { file: 'x' } });
    expect([json.status, json.body.code]).toEqual([415, 'unsupported_media_type']);
    const big = await importZip(owner, new Uint8Array(8 * 1024 * 1024 + 1));
    expect([big.status, big.body.code]).toEqual([413, 'payload_too_large']);
    const zip = await toZip({ 'agent.yaml': manifest, 'avatar.svg': circle, 'prompt.md': 'x' });
    expect((await importZip(member, zip)).status).toBe(403);
    expect((await importZip(hub.app, zip)).status).toBe(401);
    expect((await importZip(owner, zip)).status).toBe(201);
  });
});

import { describe, expect, it } from 'vitest';
import { AgentDefinition } from '#server/contract/agent-definition.ts';
import { type PackageFiles, readPackage, writePackage } from '#server/features/agents/package-format.ts';
import { readPackageZip } from '#server/features/agents/read-package-zip.ts';
import { writePackageZip } from '#server/features/agents/write-package-zip.ts';

const identity = {
  name: 'Ledger',
  handle: 'ledger',
  avatar: { kind: 'drawn', style: 'thumbs', seed: 'Ledger', color: '#4f46e5' },
  category: 'analysis',
};
const awkward = [
  'yes',
  '007',
  '0x10',
  '~',
  'null',
  '- a\n- b',
  'a: b #c',
  '{{name}}',
  ' padded ',
  'tab\tand\r\nbreak',
  '"\'`',
  '…中文，“引号”',
  '🦊',
  '%YAML',
  '---',
  '&anchor *alias',
  '<<',
  'x'.repeat(300),
  '2026-01-01',
  '1e3',
  '\u2028line\u0085next',
  'trailing\n\n',
];

const definitions = [
  AgentDefinition.parse({ schemaVersion: 1, identity }),
  ...awkward.map((text, index) =>
    AgentDefinition.parse({
      schemaVersion: 1,
      identity: {
        ...identity,
        tagline: text.slice(0, 120),
        description: text,
        language: index % 2 ? 'zh-Hans' : 'auto',
      },
      instructions: text,
      variables: [
        { name: 'one', label: text.slice(0, 80), type: 'choice', options: [text.slice(0, 80)], defaultValue: text },
      ],
      model: { wishes: ['openai/gpt-5-mini', 'a/b:c'], temperature: index / 20, maximumSteps: index + 1 },
      opening: { message: text, starters: ['one', 'two'] },
      tools: [
        { id: 'calculator' },
        {
          id: 'chart',
          fixedParameters: { [text.slice(0, 60)]: [text, null, 1.5, true, { deep: text }] },
          approval: 'always',
        },
      ],
      output: index % 2 ? { kind: 'text' } : { kind: 'json', schema: { type: 'object', title: text } },
      context: { maximumMessages: 3 },
      access: { visibility: 'link' },
      budget: { maximumUsdPerRun: 0.1 + index },
    }),
  ),
];

const text = (content: string) => new TextEncoder().encode(content);
const problemsOf = (files: PackageFiles) => {
  const outcome = readPackage(files);
  return 'problems' in outcome ? outcome.problems : [];
};
const manifest = 'schemaVersion: 1\nname: A\nhandle: ab\navatar: {seed: a, color: "#000000"}\ncategory: hub\n';
const packageOf = (yaml: string, more: [string, Uint8Array][] = []) =>
  new Map([['agent.yaml', text(yaml)], ['prompt.md', text('Be kind.\n')], ...more]);

describe('the package format', () => {
  it.each(definitions.map((definition, index) => [index, definition] as const))(
    'gives definition %i back as it was, through files and through a zip',
    async (_index, definition) => {
      const files = writePackage(definition, null);
      expect(readPackage(files)).toMatchObject({ read: { definition, avatarFile: null } });
      const zip = await writePackageZip('ledger', files);
      expect(readPackage(await readPackageZip(zip))).toMatchObject({ read: { definition } });
    },
  );

  it('gives the same bytes for the same agent', async () => {
    const files = writePackage(definitions[0] ?? expect.fail(), null);
    const turned = new Map([...files].reverse());
    expect(await writePackageZip('a', files)).toEqual(await writePackageZip('a', turned));
  });

  it('carries an avatar file', () => {
    const bytes = text('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><rect width="1" height="1"/></svg>');
    const files = writePackage(definitions[0] ?? expect.fail(), { name: 'x', mediaType: 'image/svg+xml', bytes });
    expect(readPackage(files)).toMatchObject({
      read: { avatarFile: { name: 'avatar.svg', mediaType: 'image/svg+xml', bytes } },
    });
  });

  it('names every problem with its file and path', () => {
    const problems = problemsOf(
      new Map([
        ['agent.yaml', text(`${manifest}colour: red\nmodel: {wishes: [gpt]}\ntools: [calculator, {id: X}]\n`)],
        ['evals/one.yaml', text('name: One\ninput: hi\nexpect: []\n')],
        ['evals/two.yaml', text('name: [\n')],
        ['knowledge/a.md', text('fact')],
        ['run.sh', text('echo')],
      ]),
    );
    const paths = problems.map((problem) => problem.path);
    expect(paths).toEqual(
      expect.arrayContaining([
        'agent.yaml: model.wishes.0',
        'agent.yaml: tools.1.id',
        'prompt.md',
        'evals/one.yaml: expect',
        'evals/two.yaml',
        'knowledge/a.md',
        'run.sh',
      ]),
    );
    expect(JSON.stringify(problems)).toContain('colour');
  });

  it.each([
    ['an avatar that is not there', `${manifest.replace(/avatar: .*/, 'avatar: avatar.png')}`, 'agent.yaml: avatar'],
    ['a key that is there twice', `${manifest}name: B\n`, 'agent.yaml'],
    ['aliases that multiply', `${manifest}a: &a [1,1]\n${bomb()}`, 'agent.yaml'],
    ['nesting without end', `${manifest}tags: ${'['.repeat(20_000)}`, 'agent.yaml'],
    ['a wrong schema version', manifest.replace('1', '2'), 'agent.yaml: schemaVersion'],
  ])('refuses %s', (_what, yaml, path) => {
    expect(problemsOf(packageOf(yaml)).map((problem) => problem.path)).toContain(path);
  });

  it('refuses an avatar that is not what its name says', () => {
    const yaml = manifest.replace(/avatar: .*/, 'avatar: avatar.png');
    expect(problemsOf(packageOf(yaml, [['avatar.png', text('GIF89a')]]))).toMatchObject([{ path: 'avatar.png' }]);
  });

  it('refuses text that is not UTF-8', () => {
    expect(problemsOf(new Map([...packageOf(manifest), ['prompt.md', new Uint8Array([0xff, 0xfe])]]))).toMatchObject([
      { path: 'prompt.md', message: { en: 'The file is not UTF-8 text.' } },
    ]);
  });
});

function bomb() {
  const lines = Array.from(
    { length: 12 },
    (_, index) => `b${index}: &b${index} [${`*${index === 0 ? 'a' : `b${index - 1}`},`.repeat(9)}]`,
  );
  return lines.join('\n');
}

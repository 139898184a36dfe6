import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { MonthlyBudget } from '#server/contract/budget.ts';
import { UpdateIndexInput } from '#server/contract/chain-index.ts';
import { SharingSettings } from '#server/contract/conversation-share.ts';
import { HubSettings } from '#server/contract/hub-moderation.ts';
import { Handle } from '#server/contract/identifier.ts';
import { SetPriceInput } from '#server/contract/model.ts';
import { ownWordsInChinese } from '#server/contract/own-words.ts';
import { spaceChinese } from '#server/contract/space-chinese.ts';
import { SpeechModels } from '#server/contract/speech.ts';
import { findShownTexts, pageTexts } from '#test/support/page-texts.ts';
import { listMain, listSettings, onPhoneInSettings } from '#web/app/navigation.tsx';
import { previewFeatures } from '#web/app/page-list.ts';
import { formResolver } from '#web/lib/form-resolver.ts';
import { everywhere, textRooms } from '#web/lib/i18n/text-rooms.ts';
import { addTexts, putInForce, translationOf } from '#web/lib/i18n/texts.ts';

const plural = /_(zero|one|two|few|many|other)$/;

/** Every text of a file by its dotted key. */
function flatten(texts: object, prefix = ''): [key: string, text: string][] {
  return Object.entries(texts).flatMap(([key, value]: [string, unknown]) =>
    typeof value === 'object' && value !== null ? flatten(value, `${prefix}${key}.`) : [[prefix + key, String(value)]],
  );
}
const read = (path: string) => new Map(flatten(JSON.parse(readFileSync(path, 'utf8')) as object));
const toBases = (texts: Map<string, string>) =>
  [...new Set([...texts.keys()].map((key) => key.replace(plural, '')))].sort();
const findPlaceholders = (text: string) => [...new Set(text.match(/\{\{[^}]+\}\}/g))].sort();

const listFiles = (folder: string) =>
  readdirSync(folder, { recursive: true }).map((name) => join(folder, String(name)));
const features = readdirSync('web/features').map((name) => join('web/features', name));
const folders = [...Object.values(textRooms).map((room) => join('web', room)), ...features].filter((folder) =>
  existsSync(join(folder, 'locales/en.json')),
);
const toNamespace = (folder: string) => (folder === 'web/lib/i18n' ? 'common' : (folder.split('/').at(-1) ?? ''));

describe.each(folders)('%s', (folder) => {
  const english = read(join(folder, 'locales/en.json'));
  const chinese = read(join(folder, 'locales/zh-CN.json'));

  it('has the same keys in both languages', () => {
    expect(toBases(chinese)).toEqual(toBases(english));
  });

  it('has the same placeholders in both languages', () => {
    const differing = [...chinese].filter(([key, text]) => {
      const original = english.get(key) ?? english.get(key.replace(plural, '_other')) ?? '';
      return findPlaceholders(text).join() !== findPlaceholders(original).join();
    });
    expect(differing).toEqual([]);
  });

  it('is punctuated as Chinese is', () => {
    const narrow = /[\u4e00-\u9fff”}][,:;?!(]|[,:;?!)][\u4e00-\u9fff“]/;
    expect([...chinese].filter(([, text]) => narrow.test(text))).toEqual([]);
  });

  it('counts in the ways that each language does', () => {
    const forms = (texts: Map<string, string>, base: string) =>
      [...texts.keys()].filter((key) => key.replace(plural, '') === base && plural.test(key) && !key.endsWith('_zero'));
    for (const base of toBases(english).filter((key) => forms(english, key).length > 0)) {
      expect(
        forms(english, base)
          .map((key) => plural.exec(key)?.[1])
          .sort(),
        base,
      ).toEqual(['one', 'other']);
      expect(
        forms(chinese, base).map((key) => plural.exec(key)?.[1]),
        base,
      ).toEqual(['other']);
    }
  });
});

it('every text that a component asks for by its full name exists', () => {
  const texts = new Map(folders.map((folder) => [toNamespace(folder), toBases(read(join(folder, 'locales/en.json')))]));
  const missing = listFiles('web')
    .filter((path) => /\.tsx?$/.test(path))
    .flatMap((path) => {
      const code = readFileSync(path, 'utf8');
      const namespaces = [...code.matchAll(/useTranslation\('([\w-]+)'/g)].map((match) => match[1] ?? '');
      if (namespaces.length !== 1) return [];
      const asked = [...code.matchAll(/[^\w.]t\(\s*'([\w.:-]+)'/g)].map((match) => match[1] ?? '');
      return asked
        .map((key) => (key.includes(':') ? key.split(':') : [namespaces[0] ?? '', key]))
        .filter(([namespace = '', key = '']) => !texts.get(namespace)?.includes(key.replace(plural, '')))
        .map((pair) => `${path}: ${pair.join(':')}`);
    });
  expect(missing).toEqual([]);
});

it('every place of the navigation has a name, and says in the list of settings what is there', () => {
  const person = { can: { administer: true, createAgents: true } };
  const names = new Set(toBases(read('web/app/locales/en.json')));
  const about = new Set(toBases(read('web/app/settings/locales/en.json')));
  const listed = listMain(person).filter(({ name }) => onPhoneInSettings.includes(name));
  const missing = [...listMain(person), ...listSettings(person)]
    .map(({ name }) => `navigation.${name}`)
    .filter((key) => !names.has(key));
  const untold = [...listed, ...listSettings(person)]
    .map(({ name }) => `about.${name}`)
    .filter((key) => !about.has(key));
  expect([missing, untold]).toEqual([[], []]);
});

it('the audit names whatever an administrator sets', () => {
  const named = new Set(toBases(read('web/features/audit/locales/en.json')));
  const settings = [
    HubSettings,
    MonthlyBudget,
    SetPriceInput.omit({ model: true }),
    SharingSettings,
    SpeechModels,
    UpdateIndexInput,
  ];
  const set = settings.flatMap(({ shape }) => Object.keys(shape));
  expect(set.filter((name) => !named.has(`detail.${name}`))).toEqual([]);
});

it('a component waits for the texts of another feature that it asks for', () => {
  const unasked = listFiles('web')
    .filter((path) => /\.tsx?$/.test(path))
    .flatMap((path) => {
      const code = readFileSync(path, 'utf8');
      const waitedFor = [...code.matchAll(/useTranslation\(([^)]*)\)/g)].flatMap(([, names = '']) =>
        names.split(/[', ]+/),
      );
      const asked = [...code.matchAll(/[^\w.]t\(\s*['`]([\w-]+):/g)].map(([, name = '']) => name);
      return asked
        .filter((name) => !everywhere.includes(name) && !waitedFor.includes(name))
        .map((name) => `${path}: ${name}`);
    });
  expect(unasked).toEqual([]);
});

it.each([...pageTexts])('%s is loaded with the texts that it shows, and no others', (page, loaded) => {
  const shown = [...findShownTexts(page)].filter((feature) => !everywhere.includes(feature));
  expect([...new Set(loaded)].sort()).toEqual(shown.sort());
});

it('the builder loads texts for its preview that the preview shows', () => {
  const shown = [...findShownTexts('features/conversations/components/chat.tsx')];
  expect(shown).toEqual(expect.arrayContaining(previewFeatures));
});

it('what stands around every page shows texts that are there from the start', () => {
  const shown = new Set([...findShownTexts('app/main.tsx')].filter((feature) => !everywhere.includes(feature)));
  expect([...shown]).toEqual([]);
});

describe('a text', () => {
  beforeAll(() => {
    addTexts('en', 'fruits', {
      many: { apples_zero: 'no apples', apples_one: 'an apple', apples_other: '{{count}} apples' },
      named: '{{name}} costs {{price}}',
    });
    addTexts('zh-CN', 'fruits', { many: { apples_other: '{{count}} 个苹果' }, with: '与 {{name}} 的对话 · {{day}}' });
  });

  it.each([
    ['many.apples', { count: 0 }, 'no apples'],
    ['many.apples', { count: 1 }, 'an apple'],
    ['fruits:many.apples', { count: 2 }, '2 apples'],
    ['named', { name: '$& <b>', price: 3 }, '$& <b> costs 3'],
    ['many.pears', {}, 'many.pears'],
    ['other.pears', { defaultValue: 'pears' }, 'pears'],
  ])('%s with %j is "%s"', (key, values, text) => {
    expect(translationOf('en', 'fruits')(key, values)).toBe(text);
  });

  it('of Chinese counts in one way', () => {
    expect([0, 1, 5].map((count) => translationOf('zh-CN', 'fruits')('many.apples', { count }))).toEqual([
      '0 个苹果',
      '1 个苹果',
      '5 个苹果',
    ]);
  });

  it('of Chinese has room beside Latin letters, and none beside its own', () => {
    const say = translationOf('zh-CN', 'fruits');
    expect(say('with', { name: 'Ora', day: '周一' })).toBe('与 Ora 的对话 · 周一');
    expect(say('with', { name: '计算台', day: '3' })).toBe('与计算台的对话 · 3');
    expect(spaceChinese('当 “Sales”第一行的 sales高于 5，在 与计算台')).toBe(
      '当“Sales”第一行的 sales 高于 5，在与计算台',
    );
  });
});

describe('what schemas say in their own words', () => {
  const sentence = /(?:(?:message|error): |,\s*)'([A-Z](?:\\.|[^'\\])*[.!])'/g;
  const said = readdirSync('server/contract').flatMap((file) =>
    [...readFileSync(join('server/contract', file), 'utf8').matchAll(sentence)].map(([, words = '']) =>
      words.replaceAll("\\'", "'"),
    ),
  );

  it('is known in Chinese', () => {
    expect(said.length).toBeGreaterThan(40);
    expect([...new Set(said)].filter((words) => ownWordsInChinese[words] === undefined)).toEqual([]);
  });

  it('is said to the reader of a form in their language', async () => {
    const schema = z.object({ handle: Handle });
    const refuse = async () => {
      const { errors } = await formResolver(schema)({ handle: 'Nie' }, undefined, {
        fields: {},
        shouldUseNativeValidation: false,
      });
      return errors.handle?.message;
    };
    expect(await refuse()).toBe('Use small letters, digits and single hyphens, such as "token-analyst".');
    putInForce('zh-CN');
    try {
      expect(await refuse()).toMatch(/^请使用小写字母/);
    } finally {
      putInForce('en');
    }
  });
});

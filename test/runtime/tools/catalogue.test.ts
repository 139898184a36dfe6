import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { choicesInChinese } from '#server/contract/choice-words.ts';
import { findChoiceWords, parameterWords } from '#server/contract/parameter-words.ts';
import { spaceChinese } from '#server/contract/space-chinese.ts';
import { ToolSummary } from '#server/contract/tool.ts';
import { createChainRegistry } from '#server/onchain/chain-registry.ts';
import { chainList } from '#server/onchain/chains.ts';
import { createChainReader } from '#server/onchain/create-chain-reader.ts';
import { createThumbnailMaker } from '#server/platform/images.ts';
import { toAgentToolSummary } from '#server/runtime/tools/agent-tool.ts';
import { createToolCatalogue } from '#server/runtime/tools/catalogue.ts';
import { toModelSchema, toToolSummary } from '#server/runtime/tools/tool-schema.ts';
import { fetchLocally } from '#test/support/web-pages.ts';

const notHere = () => Promise.reject(new Error('Nothing is analysed here.'));
const catalogue = createToolCatalogue({
  now: () => new Date(),
  fetch: fetchLocally,
  readPage: () => Promise.reject(new Error('Nothing is read here.')),
  runCode: () => Promise.reject(new Error('Nothing is run here.')),
  drawChart: () => Promise.reject(new Error('Nothing is drawn here.')),
  auditContract: () => Promise.reject(new Error('Nothing is audited here.')),
  analysePoints: { forecast: notHere, indicators: notHere },
  createImage: null,
  makeThumbnail: createThumbnailMaker(),
  ipfsGateway: 'https://ipfs.example',
  chains: createChainReader({ registry: createChainRegistry({ chains: chainList(), fetch }) }),
});
const Described = z.looseObject({ description: z.string().min(10) });

describe('the catalogue', () => {
  test('finds tools by their ids, and only those', () => {
    expect(catalogue.list().map(({ id }) => id)).toEqual([
      'calculator',
      'time',
      'ask-form',
      'read-web-page',
      'run-code',
      'list-tables',
      'find-queries',
      'run-sql',
      'profile-table',
      'forecast',
      'indicators',
      'chart',
      'list-dashboards',
      'save-to-dashboard',
      'generate-image',
      'token-balance',
      'portfolio',
      'token-facts',
      'transfer-history',
      'explain-transaction',
      'read-contract',
      'event-logs',
      'token-price',
      'ens-name',
      'gas-price',
      'read-block',
      'list-transactions',
      'storage-slot',
      'token-holders',
      'token-distribution',
      'token-liquidity',
      'pool-yield',
      'wallet-activity',
      'wallet-profit',
      'nft',
      'simulate-call',
      'propose-transaction',
      'audit-contract',
      'audit-deployed-contract',
      'create-alert',
      'list-alerts',
    ]);
    expect(catalogue.find('chart')?.id).toBe('chart');
    expect(catalogue.find('shell')).toBeNull();
  });

  test.each(catalogue.list())('$id is fit for the builder, for people and for models', (tool) => {
    const summary = ToolSummary.parse(toToolSummary(tool));
    expect(summary.id).toMatch(/^[a-z0-9-]{2,64}$/);
    for (const text of [summary.title, summary.description]) {
      expect(text.en).not.toBe('');
      expect(text.zh).toMatch(/\p{Script=Han}/u);
    }
    const schema = toModelSchema(tool);
    expect(schema).toMatchObject({ type: 'object', additionalProperties: false });
    for (const property of Object.values(schema['properties'] ?? {})) {
      if (JSON.stringify(property) !== '{"$ref":"#"}') Described.parse(property);
    }
  });

  test('every parameter and choice of it is known in Chinese, and nothing else is', () => {
    const agent = toAgentToolSummary({ handle: 'clerk', name: 'Clerk', description: 'Keeps books.' });
    const said = { description: new Set<string>(), enum: new Set<string>(), type: new Set<string>() };
    const gather = (schema: unknown): void => {
      if (typeof schema !== 'object' || schema === null) return;
      for (const [keyword, value] of Object.entries(schema)) {
        if (typeof value === 'object') gather(value);
        if (keyword !== 'description' && keyword !== 'enum' && keyword !== 'type') continue;
        for (const one of [value].flat()) if (typeof one === 'string') said[keyword].add(one);
      }
    };
    for (const { inputSchema } of [...catalogue.list().map(toToolSummary), agent]) gather(inputSchema);
    expect(said.description.size).toBeGreaterThan(140);
    expect(parameterWords.map(({ en }) => en).sort()).toEqual([...said.description].sort());

    const slugs = new Set(chainList().map(({ slug }) => slug));
    const offered = [...said.enum].filter((choice) => !slugs.has(choice) && !/^\d/.test(choice));
    if (said.type.has('boolean')) offered.push('true', 'false');
    expect(Object.keys(choicesInChinese).sort()).toEqual(offered.sort());
    expect([...slugs].filter((slug) => findChoiceWords(slug) !== null)).toEqual([]);

    const narrow = /[\u4e00-\u9fff”][,:;?!(]|[,:;?!)][\u4e00-\u9fff“]/;
    const chinese = [...parameterWords.map(({ zh }) => zh), ...Object.values(choicesInChinese)];
    expect(chinese.filter((text) => narrow.test(text) || spaceChinese(text) !== text)).toEqual([]);
    expect(parameterWords.map(({ zh }) => zh).filter((text) => !/\p{Script=Han}/u.test(text))).toEqual([]);
  });

  test('says which tools cannot be used, and why', () => {
    const unavailable = catalogue
      .list()
      .map(toToolSummary)
      .filter((tool) => tool.unavailable !== null);
    expect(unavailable.map(({ id }) => id)).toEqual(['generate-image']);
  });

  test('the model does not see parameters that are fixed', () => {
    const time = catalogue.find('time') ?? expect.fail();
    const schema = toModelSchema(time, { fixedParameters: { timeZone: 'Asia/Shanghai' } });
    expect(schema['properties']).not.toHaveProperty('timeZone');
    expect(schema['properties']).toHaveProperty('action.enum');
    const page = catalogue.find('read-web-page') ?? expect.fail();
    expect(toModelSchema(page)['required']).toContain('url');
    expect(toModelSchema(page, { fixedParameters: { url: 'https://example.org' } })['required']).toEqual([]);
  });
});

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { chainWords, sayOfChain } from '#server/contract/chain-words.ts';
import { converse, hubTools } from '#test/support/offline-planner-tools.ts';

const room = 'server/onchain';
const literal = /'((?:\\.|[^'\\])*)'|`((?:\$\{(?:[^{}]|\{[^{}]*\})*\}|[^`$])*)`/g;
const hole = /\$\{(?:[^{}]|\{[^{}]*\})*\}/g;
const isChinese = (text: string) => /\p{Script=Han}/u.test(text);
const sources = readdirSync(room)
  .filter((name) => name.endsWith('.ts'))
  .map((name) => readFileSync(join(room, name), 'utf8'));

/** What the room says in English alone: sentences, and what goes after an endpoint's name; `7x` stands for what is read. */
function listSaid(): string[] {
  return sources.flatMap((source) => {
    const lines = source.split('\n');
    return lines.flatMap((line, index) => {
      if (/^\s*(?:\*|\/)/.test(line)) return [];
      return [...line.matchAll(literal)].flatMap(({ 1: plain, 2: template, index: at }) => {
        const before = `${lines[index - 1] ?? ''} ${line.slice(0, at)}`.trimEnd();
        const said = (plain ?? template ?? '').replaceAll(hole, '7x');
        const isSentence = /^(?:[A-Z]|7x)/.test(said) && /[.:]$/.test(said) && said.split(' ').length > 3;
        const isFault = /RpcFault\('[\w-]+',$/.test(before);
        return (isSentence || isFault) && !/(?:\b(?:en|zh):|Error\()$/.test(before) ? [said] : [];
      });
    });
  });
}

describe('what readings of chains say', () => {
  test('is known in Chinese, and nothing else is', () => {
    const said = listSaid();
    expect(said.length).toBeGreaterThan(70);
    expect(said.filter((one) => !isChinese(sayOfChain(one, 'zh')))).toEqual([]);
    const all = [...sources, ...sources.map((source) => source.replaceAll(hole, ''))].join('\n');
    const isSaid = (en: string) =>
      en.split(/\{\w+\}/).every((part) => part.length < 4 || all.includes(part.trim().replace(/\.$/, '')));
    expect(chainWords.filter(({ en }) => !isSaid(en))).toEqual([]);
    const holesOf = (text: string) => [...new Set(text.match(/\{\w+\}/g))].filter((name) => name !== '{same}').sort();
    expect(chainWords.filter(({ en, zh }) => holesOf(en).join() !== holesOf(zh).join())).toEqual([]);
  });

  test('is said sentence by sentence, with reasons in it, and what was read as it was', () => {
    const partial =
      'Only addresses that got the token in these blocks were found; each balance is exact. They hold 12.5% of the supply. Read from an earlier block to find more.';
    expect(sayOfChain(partial, 'zh')).toBe(
      '仅找到在这些区块中收到该代币的地址；每个余额都是准确的。它们持有总供应量的 12.5%。请从更早的区块开始读取以找到更多。',
    );
    expect(sayOfChain('It would fail now: it gave no reason. Do not sign it.', 'zh')).toBe(
      '现在执行会失败：合约未给出原因。请勿签名。',
    );
    expect(
      sayOfChain(
        'No RPC of Base gave an answer: endpoint 1 of 2 gave no answer within 10 s; endpoint 2 of 2 fails (HTTP 502). Try again in 3 s; an administrator can add endpoints, under Chains or in HUB_RPC_URLS.',
        'zh',
      ),
    ).toBe(
      'Base 的 RPC 都没有应答：第 1 个端点（共 2 个）在 10 秒内没有应答；第 2 个端点（共 2 个）出错（HTTP 502）。请在 3 秒后重试；管理员可以在“区块链”或 HUB_RPC_URLS 中添加端点。',
    );
    expect(sayOfChain('Only the newest 3 days are listed.', 'en')).toBe('Only the newest 3 days are listed.');
  });

  test('a stranger can neither take it apart nor make it slow', () => {
    const strange = 'The symbol "x. {owner} $& has no primary name." of 0xab has characters outside of ASCII and may';
    expect(sayOfChain(strange, 'zh')).toBe(strange);
    expect(sayOfChain(`${strange} imitate another token.`, 'zh')).toBe(
      '0xab 的符号“x. {owner} $& has no primary name.”含有 ASCII 以外的字符，可能在冒充其他代币。',
    );
    const began = performance.now();
    for (const piece of ['It would fail now: ', 'a has no primary name. ', '; ', 'Shares of a: ', 'endpoint 1 of 1 '])
      sayOfChain(piece.repeat(4_000).slice(0, 3_999), 'zh');
    expect(performance.now() - began).toBeLessThan(2_000);
  });

  test('is read in Chinese by who asks the planner in Chinese', async () => {
    const result = JSON.stringify({
      symbol: 'LNTN',
      warnings: ['The token is paused: it cannot be moved now.', 'Something of another service.'],
      partial: 'Only the newest 3 days are listed.',
      name: 'Only the newest 3 days are listed.',
    });
    const { texts } = await converse(['请计算 2+2'], hubTools, () => result);
    expect(texts[0]).toContain('该代币已暂停：目前无法转移。');
    expect(texts[0]).toContain('仅列出最近 3 天。');
    expect(texts[0]).toContain('Something of another service.');
    expect(texts[0]).toContain('Only the newest 3 days are listed.');
    const english = await converse(['2+2'], hubTools, () => result);
    expect(isChinese(english.texts[0] ?? '')).toBe(false);
  });
});

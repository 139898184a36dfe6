import { isObject } from '#server/contract/is-object.ts';
import type { JsonObject, JsonValue } from '#server/contract/json.ts';
import { dropHidden } from './found.ts';
import { liquidityProviders } from './intents.ts';
import type { Finding } from './plan.ts';
import type { CitedSource } from './read-result.ts';
import { readTrade } from './read-trade.ts';
import { toInlineText } from './render-value.ts';
import type { Language } from './wording.ts';

const mintQuestion =
  /\b(?:can|could|may|is|are|does|do|who|able|allowed|right|power)\b.{0,60}\bmint\w*|\bmint(?:able|ing)\b|(?:能|可以|可否|会|谁).{0,16}(?:增发|铸造|铸币)|(?:增发|铸造).{0,6}(?:吗|权)/i;
const anybody = /\b(?:any(?:one|body)|every(?:one|body)|who)\b|任何人|谁|别人|其他人/i;
const stableShare = /\bstable ?coins?\b|稳定币/i;

const textOf = (value: JsonValue | undefined): string | null => (typeof value === 'string' ? value : null);
const objectOf = (value: JsonValue | undefined): JsonObject => (isObject(value ?? null) ? (value as JsonObject) : {});
const listOf = (value: JsonValue | undefined): JsonObject[] => (Array.isArray(value) ? value.filter(isObject) : []);
const amountOf = (value: JsonValue | undefined): string => {
  const { formatted, symbol } = objectOf(value);
  return `${textOf(formatted) ?? ''} ${toInlineText(textOf(symbol) ?? '')}`;
};

/** Whether a token's owner may make more of it: what its code has, and what became of a mint that was tried and not sent. */
function sayMinting(
  { minting, owner, symbol, address, proxy, block }: JsonObject,
  isOfAnybody: boolean,
  language: Language,
): string {
  const { function: name, byOwner, byAnybody } = objectOf(minting);
  const named = textOf(symbol) ?? '';
  const whose = toInlineText(named.startsWith('(') || named === '' ? (textOf(address) ?? '') : named);
  const number = textOf(objectOf(block)['number']) ?? '';
  const holder = textOf(owner);
  const isZh = language === 'zh';
  const replaced =
    objectOf(proxy)['implementation'] === undefined
      ? ''
      : isZh
        ? '其代码可被替换（代理合约），因此日后可能改变。'
        : ' Its code can be replaced (a proxy), so that may change.';
  const read = isZh
    ? '依据字节码中的函数选择器与模拟调用得出，未阅读源代码；其他名称的增发函数不会被看到。'
    : ' This is by the selectors in its bytecode and simulated calls, not by its source: a function of another name would not be seen.';
  if (typeof name !== 'string')
    return isZh
      ? `**未发现可以增发**：${whose} 在区块 ${number} 的代码里没有 mint 函数。${replaced}${read}`
      : `**No sign of it**: the code of ${whose} has no mint function at block ${number}.${replaced}${read}`;
  if (byAnybody === 'succeeds')
    return isZh
      ? `**能，而且任何人都能**：${whose} 有 ${name}，在区块 ${number} 由陌生地址模拟调用成功。${replaced}${read}`
      : `**Yes, and so can anybody**: ${whose} has ${name}, and a simulated call by a stranger succeeded at block ${number}.${replaced}${read}`;
  if (holder === null || byOwner === null || byOwner === undefined)
    return isZh
      ? `**有增发函数，但不知谁能调用**：${whose} 有 ${name}，合约没有说明（可模拟的）所有者。${replaced}${read}`
      : `**It can be minted, by whom is not told**: ${whose} has ${name}, and names no owner that the call could be tried with.${replaced}${read}`;
  if (byOwner === 'succeeds')
    return isZh
      ? `**${isOfAnybody && byAnybody === 'refused' ? '只有所有者能' : '能'}**：${whose} 有 ${name}，所有者 \`${holder}\` 的模拟调用在区块 ${number} 成功${byAnybody === 'refused' ? '，陌生地址的被拒绝' : ''}。${replaced}${read}`
      : `**${isOfAnybody && byAnybody === 'refused' ? 'Only its owner' : 'Yes'}**: ${whose} has ${name}, and a simulated call by its owner \`${holder}\` succeeded at block ${number}${byAnybody === 'refused' ? ', while a stranger’s was refused' : ''}.${replaced}${read}`;
  return isZh
    ? `**目前不能**：${whose} 有 ${name}，但所有者 \`${holder}\` 的模拟调用在区块 ${number} 被拒绝；可能由其他账户或规则控制。${replaced}${read}`
    : `**Not as things are**: ${whose} has ${name}, but a simulated call by its owner \`${holder}\` was refused at block ${number}; another account or rule may hold it.${replaced}${read}`;
}

/** What a trade comes to in the pool where it comes out best. */
function sayTrade({ pools, block }: JsonObject, isReceived: boolean, language: Language): string {
  const rawOf = (pool: JsonObject) =>
    BigInt(textOf(objectOf(objectOf(pool['trade'])[isReceived ? 'pays' : 'gets'])['raw']) ?? '0');
  const [best] = listOf(pools)
    .filter(({ trade }) => isObject(trade ?? null))
    .sort((one, other) => (rawOf(one) < rawOf(other) === isReceived ? -1 : 1));
  const number = textOf(objectOf(block)['number']) ?? '';
  if (best === undefined)
    return language === 'zh'
      ? '**无法计算**：没有资金池能在该区块按储备完成这笔交易。'
      : '**It cannot be reckoned**: no pool was found whose reserves allow that trade at the block.';
  const { pays, gets, fee, feePercent, impactPercent, averagePrice } = objectOf(best['trade']);
  const [paid, got] = [amountOf(pays), amountOf(gets)];
  const [pool, quote] = [textOf(best['pool']) ?? '', toInlineText(textOf(best['quote']) ?? '')];
  const [charged, impact, average] = [feePercent, impactPercent, averagePrice].map((one) => textOf(one) ?? '');
  return language === 'zh'
    ? `付出 **${paid}**，换得 **${got}**：资金池 \`${pool}\`，按区块 ${number} 的储备计算，已含 ${charged} % 手续费（${amountOf(fee)}）。价格影响 **${impact} %**（不含手续费），平均价格 ${average} ${quote}。`
    : `**${paid}** in, **${got}** out: of the pool \`${pool}\`, by its reserves at block ${number}, its fee of ${charged} % (${amountOf(fee)}) included. Price impact **${impact} %** (the fee apart), average price ${average} ${quote}.`;
}

/** Who holds the shares of pools, which the table of pools has no room for. */
function sayProviders({ pools }: JsonObject, language: Language): string | null {
  const told = listOf(pools).flatMap(({ pool, shares }) => {
    const { holders, supply, burnt } = objectOf(shares);
    const rows = listOf(holders).map(({ address, label, share }) => {
      const name = textOf(label) === null ? '' : ` (${toInlineText(textOf(label) ?? '')})`;
      return `- \`${textOf(address) ?? ''}\`${name}: ${textOf(share) ?? ''}`;
    });
    if (rows.length === 0) return [];
    const head =
      language === 'zh'
        ? `资金池 \`${textOf(pool) ?? ''}\` 的份额持有者（共 ${amountOf(supply)}，其中 ${textOf(burnt) ?? '0%'} 已锁死）：`
        : `Holders of the shares of \`${textOf(pool) ?? ''}\` (${amountOf(supply)} in all, ${textOf(burnt) ?? '0%'} of them burnt):`;
    return [`${head}\n\n${rows.join('\n')}`];
  });
  return told.length === 0 ? null : told.join('\n\n');
}

function sayStableShare({ stableCoins, totalUsd }: JsonObject, language: Language): string | null {
  const { percent, valueUsd, symbols } = objectOf(stableCoins);
  if (typeof percent !== 'string') return null;
  const named = Array.isArray(symbols)
    ? symbols
        .filter((one) => typeof one === 'string')
        .map(toInlineText)
        .join(', ')
    : '';
  return language === 'zh'
    ? `已计价资产中 **${percent}** 为稳定币${named === '' ? '' : `（${named}）`}：${amountOf(valueUsd)}，总值 ${amountOf(totalUsd)}。未计价的资产不在其中。`
    : `**${percent}** of what has a value is in stable coins${named === '' ? '' : ` (${named})`}: ${amountOf(valueUsd)} of ${amountOf(totalUsd)}. What has no price is not in it.`;
}

/** The one thing that was asked, in a sentence before the whole result; null where the result says it as it stands. */
export function sayFirst(
  { ask, tool }: Finding,
  json: JsonValue | undefined,
  sources: CitedSource[],
  language: Language,
): string | null {
  if (json === undefined || !isObject(json)) return null;
  const text = dropHidden(ask.words);
  const trade = tool.name === 'token-liquidity' ? readTrade(ask) : null;
  const said =
    tool.name === 'token-facts' && mintQuestion.test(text)
      ? sayMinting(json, anybody.test(text), language)
      : trade !== null
        ? sayTrade(json, trade.isReceived, language)
        : tool.name === 'token-liquidity' && liquidityProviders.test(text)
          ? sayProviders(json, language)
          : tool.name === 'portfolio' && stableShare.test(text)
            ? sayStableShare(json, language)
            : null;
  return said === null ? null : `${said}${sources.length === 1 ? ` ${sources[0]?.mark ?? ''}` : ''}`;
}

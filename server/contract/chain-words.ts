import type { LocalizedText } from './localized-text.ts';
import { proposalWords } from './proposal-words.ts';
import { yieldWords } from './yield-words.ts';

/**
 * What readings of chains warn of and leave out, in both languages; a test knows that none is missing. A name in braces
 * stands for what was read. Readings say the English, also to models; who shows them to people says `sayOfChain`.
 */
export const chainWords: readonly LocalizedText[] = [
  ...proposalWords,
  {
    en: '{count} token transfer(s) of exactly 0, to {receivers}: a common way to plant a false address in a history (address poisoning). Do not copy addresses from them.',
    zh: '有 {count} 笔数量恰为 0 的代币转账，发往 {receivers}：这是在历史记录中植入假地址的常见手法（地址投毒）。请勿从中复制地址。',
  },
  {
    en: 'Look-alike addresses: {group} both read {ends} but are different. One may be made to deceive.',
    zh: '相似地址：{group} 看起来都是 {ends}，但并不相同。其中之一可能用于欺骗。',
  },
  ...yieldWords,
  {
    en: 'Unlimited approval: {spender} may spend all {symbol} of {owner}, now and later, until it is revoked.',
    zh: '无限额授权：在撤销之前，{spender} 可随时动用 {owner} 的全部 {symbol}。',
  },
  {
    en: 'Approval for all: {operator} may move every {symbol} of {owner} until it is revoked.',
    zh: '全部授权：在撤销之前，{operator} 可转走 {owner} 的每一个 {symbol}。',
  },
  {
    en: 'The token {address} calls itself {symbol} but is not the well-known {same} ({known}).',
    zh: '代币 {address} 自称 {symbol}，但不是知名的 {same}（{known}）。',
  },
  {
    en: 'The symbol "{symbol}" of {address} has characters outside of ASCII and may imitate another token.',
    zh: '{address} 的符号“{symbol}”含有 ASCII 以外的字符，可能在冒充其他代币。',
  },
  {
    en: 'The name of the token {address} advertises a site or a claim, as scam tokens do. Do not open it.',
    zh: '代币 {address} 的名称在宣传网站或领取活动，这是诈骗代币的常见做法。请勿打开。',
  },
  {
    en: 'The token {address} has {decimals} decimals, which is unusual: its amounts look larger than they are.',
    zh: '代币 {address} 有 {decimals} 位小数，这不常见：其数量看起来比实际大。',
  },
  {
    en: 'The contract {address} reports transfers but tells neither symbol nor decimals.',
    zh: '合约 {address} 报告了转账，但未提供符号和小数位数。',
  },
  { en: 'The transaction failed: nothing moved but the fee.', zh: '交易失败：除手续费外没有资产移动。' },
  {
    en: 'Only the first {shown} of {all} value flows are shown.',
    zh: '共 {all} 条资金流向，仅显示前 {shown} 条。',
  },
  { en: 'Only the first {shown} of {all} events were read.', zh: '共 {all} 个事件，仅读取了前 {shown} 个。' },
  { en: '{count} event(s) of unknown kinds are not shown.', zh: '有 {count} 个未知类型的事件未显示。' },
  {
    en: 'The first funding was not found: no RPC of {chain} keeps the state of old blocks.',
    zh: '未找到首笔资金来源：{chain} 的 RPC 都没有保存旧区块的状态。',
  },
  {
    en: 'An administrator can add an archive node under Chains.',
    zh: '管理员可以在“区块链”中添加归档节点。',
  },
  {
    en: 'Only addresses that got the token in these blocks were found; each balance is exact.',
    zh: '仅找到在这些区块中收到该代币的地址；每个余额都是准确的。',
  },
  { en: 'They hold {share} of the supply.', zh: '它们持有总供应量的 {share}。' },
  { en: 'Balances of {read} of {all} receivers were read.', zh: '共 {all} 个接收方，读取了其中 {read} 个的余额。' },
  { en: 'Read from an earlier block to find more.', zh: '请从更早的区块开始读取以找到更多。' },
  {
    en: 'Only the newest {shown} of {all} transfers were summed up.',
    zh: '共 {all} 笔转账，仅汇总了最新的 {shown} 笔。',
  },
  { en: 'Ask for fewer blocks.', zh: '请缩小区块范围。' },
  {
    en: 'Only the newest {shown} of {all} transfers are listed; the sums have all.',
    zh: '共 {all} 笔转账，仅列出最新的 {shown} 笔；合计包含全部。',
  },
  {
    en: 'Transfers of {coin} itself were not read: no RPC of {chain} traces, and the range has more than {most} blocks.',
    zh: '未读取 {coin} 本身的转账：{chain} 的 RPC 都不支持追踪，且范围超过 {most} 个区块。',
  },
  {
    en: 'Ask for fewer blocks, or an administrator adds an RPC with trace_filter under Chains.',
    zh: '请缩小区块范围，或由管理员在“区块链”中添加支持 trace_filter 的 RPC。',
  },
  {
    en: 'Transfers of {coin} that contracts made within transactions are not listed: no RPC of {chain} traces.',
    zh: '合约在交易内部发起的 {coin} 转账未列出：{chain} 的 RPC 都不支持追踪。',
  },
  {
    en: 'Transfers of {coin} are of the newest {read} of {all} transactions.',
    zh: '{coin} 的转账来自共 {all} 笔交易中最新的 {read} 笔。',
  },
  {
    en: 'Only the newest {count} blocks were read for transactions of {address}. Name an earlier block to look further back, or ask for its transfers.',
    zh: '仅读取了最新的 {count} 个区块来查找 {address} 的交易。要查更早的，请指定更早的区块，或查询其转账。',
  },
  {
    en: 'Only the first {shown} of {all} transactions are listed.',
    zh: '共 {all} 笔交易，仅列出前 {shown} 笔。',
  },
  {
    en: 'Only the newest {shown} of {all} logs are listed.',
    zh: '共 {all} 条日志，仅列出最新的 {shown} 条。',
  },
  { en: 'Ask for fewer blocks to see the others.', zh: '请缩小区块范围以查看其余内容。' },
  {
    en: '{count} transfers of NFTs, or of tokens that do not tell their decimals, are not valued.',
    zh: '有 {count} 笔 NFT 或未提供小数位数的代币的转账未计价。',
  },
  {
    en: '{coin} itself is left out, for not all of its transfers could be read.',
    zh: '{coin} 本身未计入，因为其转账未能全部读取。',
  },
  { en: '{count} further tokens are left out.', zh: '另有 {count} 种代币未计入。' },
  {
    en: 'More {symbol} left than came and was there: the token does not tell all of its transfers.',
    zh: '转出的 {symbol} 多于转入与原有之和：该代币未报告其全部转账。',
  },
  { en: 'transfer of the coin', zh: '转账原生币' },
  { en: 'transfer of a token', zh: '转账代币' },
  { en: 'swap at an exchange', zh: '在交易所兑换' },
  { en: 'no reason was given', zh: '未给出原因' },
  { en: 'it gave no reason', zh: '合约未给出原因' },
  { en: 'the sender has too little of the coin', zh: '发送方的原生币不足' },
  { en: 'The name was normalised: {name} was looked up.', zh: '名称已规范化：查询的是 {name}。' },
  { en: '{address} has no primary name.', zh: '{address} 没有主名称。' },
  {
    en: '{address} claims the name "{name}", but that name does not lead back to it. Do not believe it.',
    zh: '{address} 自称名称为“{name}”，但该名称并不指向它。请勿相信。',
  },
  {
    en: 'The name has characters outside of ASCII, which may imitate another name: {codes}.',
    zh: '名称含有 ASCII 以外的字符，可能在冒充其他名称：{codes}。',
  },
  {
    en: 'Fees are of transactions that moved something: no RPC of {chain} traces.',
    zh: '手续费仅含有资产移动的交易：{chain} 的 RPC 都不支持追踪。',
  },
  {
    en: 'Fees are of the newest {read} of {all} transactions.',
    zh: '手续费来自共 {all} 笔交易中最新的 {read} 笔。',
  },
  {
    en: 'Times of {read} of {all} blocks were read; older ones are in no day.',
    zh: '共 {all} 个区块，读取了其中 {read} 个的时间；更早的未计入任何一天。',
  },
  {
    en: 'Blocks {from} to {to} were not read: there is more than can be read at once.',
    zh: '区块 {from} 至 {to} 未读取：数据量超出一次可读取的范围。',
  },
  {
    en: 'Ask again for these blocks, or an administrator adds an RPC under Chains that gives wider ranges.',
    zh: '请再次查询这些区块，或由管理员在“区块链”中添加支持更大范围的 RPC。',
  },
  { en: '{listed} of {all} token ids are listed.', zh: '共 {all} 个藏品编号，列出了 {listed} 个。' },
  {
    en: 'The collection lists none by owner: look through the transfers of the address.',
    zh: '该藏品集不支持按所有者列出：请查看该地址的转账记录。',
  },
  { en: 'Ask about single ids for more.', zh: '如需更多，请按单个编号查询。' },
  {
    en: 'Not read: {chains}. What the address holds there is missing; ask again for these chains.',
    zh: '未读取：{chains}。该地址在这些链上的持仓缺失；请再次查询这些链。',
  },
  {
    en: 'The sequencer of {chain} is reported down: its prices may be old.',
    zh: '据报 {chain} 的排序器已停机：其价格可能已过时。',
  },
  {
    en: 'The {source} price is stale: it was {seconds} seconds old at that block.',
    zh: '{source} 的价格已过时：在该区块时已有 {seconds} 秒未更新。',
  },
  {
    en: 'The pool {pool} holds only {amount}: anybody can move its price.',
    zh: '资金池 {pool} 仅有 {amount}：任何人都能左右其价格。',
  },
  {
    en: 'Of {all} holders the biggest {read} were looked at for whether they are contracts; the others count as accounts.',
    zh: '共 {all} 个持有者，检查了最大的 {read} 个是否为合约；其余按账户计算。',
  },
  { en: 'Only the newest {count} days are listed.', zh: '仅列出最近 {count} 天。' },
  { en: '{address} answers like no known kind of token.', zh: '{address} 的应答不像任何已知类型的代币。' },
  { en: 'The token is paused: it cannot be moved now.', zh: '该代币已暂停：目前无法转移。' },
  {
    en: 'Its code can be replaced, or is kept elsewhere ({kind}): what it does may change.',
    zh: '其代码可被替换，或存放在别处（{kind}）：其行为可能改变。',
  },
  {
    en: 'Its code has {powers}: whoever may call these can change what holders have.',
    zh: '其代码含有 {powers}：有权调用者可以改变持有者的资产。',
  },
  { en: 'Shares of {pool}:', zh: '资金池 {pool} 的份额：' },
  {
    en: 'No exchange of {chain} is known here. Give the address of a pool.',
    zh: '这里没有已知的 {chain} 交易所。请给出资金池的地址。',
  },
  {
    en: 'Depth in pools with concentrated liquidity is of what lies around the price now.',
    zh: '集中流动性资金池的深度仅指当前价格附近的流动性。',
  },
  {
    en: 'No pool of {symbol} against a well-known token was found: it may not be possible to sell it.',
    zh: '未找到 {symbol} 与知名代币的资金池：可能无法卖出。',
  },
  {
    en: 'No RPC of {chain} has eth_simulateV1: whether the call succeeds is known, but not which tokens would move.',
    zh: '{chain} 的 RPC 都不支持 eth_simulateV1：可以知道调用是否成功，但无法知道会移动哪些代币。',
  },
  { en: 'An administrator can add one under Chains.', zh: '管理员可以在“区块链”中添加。' },
  {
    en: '{count} transfers are in no day and hour: no RPC tells their time.',
    zh: '有 {count} 笔转账未计入任何日期和时段：没有 RPC 提供其时间。',
  },
  { en: 'Only the newest {count} rows of days are listed.', zh: '仅列出最近的 {count} 行日数据。' },
  {
    en: '{count} lots have no price at one end and are in no sum: {symbols}.',
    zh: '有 {count} 笔买卖的一端没有价格，未计入任何合计：{symbols}。',
  },
  {
    en: 'No feed, and no pool with {least} dollars, prices it on {chain}.',
    zh: '{chain} 上没有它的喂价，也没有达到 {least} 美元的资金池。',
  },
  {
    en: '{symbol} is counted as one dollar: {chain} tells no fresh price.',
    zh: '{symbol} 按一美元计：{chain} 上没有其最新价格。',
  },
  { en: 'Its price was not read: {reason}', zh: '未能读取其价格：{reason}' },
  { en: 'Coins of {chain} are no real money: name it alone.', zh: '{chain} 的币不是真实货币：请单独指定该链。' },
  {
    en: 'Fees have no price in dollars and are not taken off the totals: {amount}.',
    zh: '手续费没有美元价格，未从合计中扣除：{amount}。',
  },
  {
    en: 'Only the newest {read} of {all} prices were read.',
    zh: '共 {all} 个价格，仅读取了最新的 {read} 个。',
  },
  {
    en: 'The RPCs of {chain} do not give that much at once. Ask for fewer blocks.',
    zh: '{chain} 的 RPC 一次给不出这么多数据。请缩小区块范围。',
  },
  {
    en: 'No RPC of {chain} knows that block yet. Try again in a moment.',
    zh: '{chain} 的 RPC 还没有这个区块。请稍后再试。',
  },
  {
    en: 'No RPC of {chain} keeps the state of that block. Ask for a later one, or an administrator adds an archive node under Chains.',
    zh: '{chain} 的 RPC 都没有保存该区块的状态。请查询更新的区块，或由管理员在“区块链”中添加归档节点。',
  },
  {
    en: 'No RPC of {chain} can do what was asked. An administrator can add another under Chains.',
    zh: '{chain} 的 RPC 都不支持这个请求。管理员可以在“区块链”中添加其他 RPC。',
  },
  {
    en: 'The RPCs of {chain} did not do what was asked. Try again; an administrator can add another under Chains.',
    zh: '{chain} 的 RPC 没有完成请求。请重试；管理员可以在“区块链”中添加其他 RPC。',
  },
  {
    en: 'The newest block that the RPCs of {chain} have is {minutes} minutes old: what happened since is missing. Try again later; an administrator can add another RPC under Chains.',
    zh: '{chain} 的 RPC 给出的最新区块已是 {minutes} 分钟前的：此后发生的事未包含在内。请稍后再试；管理员可以在“区块链”中添加其他 RPC。',
  },
  { en: 'No RPC of {chain} gave an answer: {endpoints}.', zh: '{chain} 的 RPC 都没有应答：{endpoints}。' },
  {
    en: 'An administrator must correct them, under Chains or in HUB_RPC_URLS.',
    zh: '须由管理员在“区块链”或 HUB_RPC_URLS 中更正。',
  },
  {
    en: 'Try again in {seconds} s; an administrator can add endpoints, under Chains or in HUB_RPC_URLS.',
    zh: '请在 {seconds} 秒后重试；管理员可以在“区块链”或 HUB_RPC_URLS 中添加端点。',
  },
  { en: 'This address {what}.', zh: '该地址{what}。' },
  { en: 'endpoint {number} of {all} {what}', zh: '第 {number} 个端点（共 {all} 个）{what}' },
  { en: 'none is set', zh: '未设置端点' },
  { en: 'is {blocks} blocks ({seconds} s) behind the others', zh: '比其他端点落后 {blocks} 个区块（{seconds} 秒）' },
  { en: 'has used up its rate of calls', zh: '已用完调用额度' },
  { en: 'gave no answer', zh: '没有应答' },
  { en: 'gave no answer within {seconds} s', zh: '在 {seconds} 秒内没有应答' },
  { en: 'answers with more than {size} MB', zh: '的应答超过 {size} MB' },
  { en: 'may not be reached from this hub (HUB_EGRESS_ALLOW)', zh: '不允许从本中心访问（HUB_EGRESS_ALLOW）' },
  { en: 'cannot be reached, or cut the connection', zh: '无法连接，或中断了连接' },
  { en: 'answers for chain {told}, not {wanted}', zh: '应答的是链 {told}，而不是 {wanted}' },
  {
    en: 'refuses the hub (HTTP {status}): its key may be wrong or used up',
    zh: '拒绝了本中心（HTTP {status}）：密钥可能有误或已用完',
  },
  { en: 'refuses the hub: it wants a key, or another one', zh: '拒绝了本中心：需要密钥，或需要更换密钥' },
  { en: 'fails (HTTP {status})', zh: '出错（HTTP {status}）' },
  { en: 'says that none of its nodes is well', zh: '表示其节点均不可用' },
  { en: 'left out answers to a part of what it was asked', zh: '遗漏了部分请求的应答' },
  { en: 'broke off in the middle of its answer', zh: '的应答中途断开' },
  {
    en: 'answers with a page instead of JSON: its address may be wrong, or a sign-in page stands before it',
    zh: '以网页而非 JSON 应答：地址可能有误，或前面有登录页',
  },
  { en: 'asks for fewer calls', zh: '要求减少调用' },
  { en: 'asks for fewer calls (again in {seconds} s)', zh: '要求减少调用（{seconds} 秒后重试）' },
  { en: 'asks for fewer calls (HTTP 429)', zh: '要求减少调用（HTTP 429）' },
  { en: 'asks for fewer calls (HTTP 429, again in {seconds} s)', zh: '要求减少调用（HTTP 429，{seconds} 秒后重试）' },
  { en: 'does not tell its chain id: it is no RPC of an EVM chain', zh: '没有给出链 ID：它不是 EVM 链的 RPC' },
];

const longest = 4_000;
const deepest = 3;
/** What is read in these places may be said in our words too. */
const ownParts = new Set(['reason', 'endpoints', 'what']);

/** A sentence's fixed parts, and the names of what lies between them. */
type Pattern = { parts: string[]; names: string[]; zh: string };
type Match = { zh: string; read: Map<string, string>; end: number };

const patterns = chainWords.map(({ en, zh }): Pattern => {
  const pieces = en.split(/\{(\w+)\}/);
  return {
    parts: pieces.filter((_, index) => index % 2 === 0),
    names: pieces.filter((_, index) => index % 2 === 1),
    zh,
  };
});

/**
 * What a reading of a chain warns of, or why it failed, in the reader's language; several sentences may follow each other.
 * A text that is not known whole stays as it is.
 */
export function sayOfChain(text: string, language: keyof LocalizedText): string {
  return language === 'en' || text.length > longest ? text : say(text, 0);
}

/** A failure's words in both languages, of those that are known here. */
export function inBothLanguages(en: string): LocalizedText {
  return { en, zh: sayOfChain(en, 'zh') };
}

/** The Chinese is put together only of the sentences that were found, so that no text makes this slow. */
function say(text: string, depth: number): string {
  const sentences = depth > deepest || text === '' ? null : findSentences(text, 0, new Map());
  if (sentences === null) return text;
  const sayPart = (name: string, part: string) => {
    if (!ownParts.has(name)) return part;
    const each = part.split('; ');
    const said = each.map((one) => say(one, depth + 1));
    return said.join(said.some((one, index) => one !== each[index]) ? '；' : '; ');
  };
  return sentences
    .map(({ zh, read }) => zh.replaceAll(/\{(\w+)\}/g, (_, name: string) => sayPart(name, read.get(name) ?? '')))
    .join('');
}

function findSentences(text: string, start: number, known: Map<number, Match[] | null>): Match[] | null {
  if (start >= text.length) return [];
  const before = known.get(start);
  if (before !== undefined) return before;
  const found = patterns
    .flatMap((pattern) => matchAt(pattern, text, start) ?? [])
    .sort((one, other) => one.end - other.end);
  let whole: Match[] | null = null;
  for (const match of found) {
    const rest = findSentences(text, match.end + 1, known);
    if (rest !== null) {
      whole = [match, ...rest];
      break;
    }
  }
  known.set(start, whole);
  return whole;
}

/** The first place where the sentence could end; null: it does not stand here. */
function matchAt({ parts, names, zh }: Pattern, text: string, start: number): Match | null {
  const [first = '', ...others] = parts;
  if (!text.startsWith(first, start)) return null;
  const read = new Map<string, string>();
  let end = start + first.length;
  for (const [index, part] of others.entries()) {
    const isLast = index === others.length - 1;
    let at = isLast && part === '' ? text.length : text.indexOf(part, end + 1);
    while (isLast && at !== -1 && !isEnd(text, at + part.length)) at = text.indexOf(part, at + 1);
    if (at <= end) return null;
    read.set(names[index] ?? '', text.slice(end, at));
    end = at + part.length;
  }
  return isEnd(text, end) ? { zh, read, end } : null;
}

const isEnd = (text: string, at: number): boolean => at === text.length || text[at] === ' ';

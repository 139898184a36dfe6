import { dropHidden, type FoundKind } from './found.ts';
import { readTransactionWish } from './read-transaction-wish.ts';
import { readPriceWish } from './price-question.ts';
import { readTrade } from './read-trade.ts';
import { readAuditTopic } from './audit-topic.ts';
import type { Ask } from './split-asks.ts';

/** What people mean with words that fit several tools of the hub: the words, and what must or must not be beside them. */
type Intent = {
  tool: string;
  words: { test: (plain: string, ask: Ask) => boolean };
  having?: FoundKind[];
  without?: FoundKind[];
};

const account: FoundKind[] = ['address', 'ens-name'];

/** What went in and out, in words that leave no doubt. */
const moved =
  /\b(?:paid|sent|received|transferred|moved?|moving|bought|buy|sold|sell|deposited|withdr[ae]wn?|transfers)\b|转账|转过|转给|打给|打过|动了|动过|动作|动静|买入|卖出|买过|卖过|转入|转出|流入|流出|收到|发出/i;

/** What somebody's holdings come to in money. */
export const worthWords =
  /(?<!\b(?:token|contract)\s+)\bworth\b(?!\s+(?:it|\w+ing)\b)|\b(?:total|dollar|market) values?\b|\bvalue\b.{0,60}\b(?:dollars?|USD)\b|\bvalue of (?:(?:the|my|this|that|all)\s+)*(?:portfolio|holdings?|assets|wallet|account)\b|\bin (?:US )?(?:dollars|USD)\b|\bhow many (?:US )?dollars\b|\b(?:share|percent(?:age)?|allocation|weights?|part)\b.{0,40}\b(?:portfolio|holdings?|assets|stable ?coins?)\b|\bstable ?coins?\b.{0,30}\b(?:share|percent)|(?:稳定币|资产|持仓|组合).{0,12}(?:占|比例|配置|分布)|(?<!代币\s*)值多少|多少美[元金]|总(?:价)?值|市值|价值|折合/i;

const transactions = /\b(?:transactions?|txs?|txns?)\b|交易(?!对手|量|所|额|费|员|者|平台)/i;

/** What something that was put into a pool or a vault brings. */
const yields =
  /\b(?:yields?|yielded|APR|APY|TVL|(?:total )?value locked|impermanent|(?:fee|LP|liquidity) (?:income|revenue|earnings|returns?)|fees? (?:earn\w*|collect\w*|ma[dk]e|generat\w*|paid|income)|(?:earn|collect|generat|mak)\w*\b.{0,24}\bfees|returns? (?:of|on|for)|interest rate|(?:trading|swap|pool) volume)\b|\bvolume\b.{0,40}\bpool\b|年化|收益|回报率?|手续费(?:收入|收益|多少|有多少)|无常损失|锁仓|总锁|(?:池|交易)的?(?:交易|成交)量|利息|利率/i;

/** What is asked of a contract's source, or of what an audit found in it. */
export const ofFindings =
  /\b(?:audit\w*|review|weakness\w*|vulnerab\w+|(?:in|un)?secur\w+|(?:un)?safe|bugs?|findings?|issues?|problems?|flaws?|wrong|worst|risk\w*|sever\w+|critical|exploit\w*|attack\w*|drain\w*|hack\w*|re-?entran\w+|report)\b|报告|审计|漏洞|弱点|安全|问题|缺陷|风险|严重|隐患|攻击|被盗|重入/i;

/** Who put in what lies in a pool. */
export const liquidityProviders =
  /\b(?:liquidity providers?|LPs?|LP (?:holders?|shares?|tokens?)|(?:who|which)\b.{0,40}\b(?:provid\w+|supplie[sd]|added)\b.{0,20}\bliquidity|pool shares?|shares? of the pool)\b|流动性(?:提供者|提供方)|谁.{0,16}提供.{0,8}流动性|LP\s*(?:持有|份额|代币)?|做市(?:商|者)|池(?:子)?的?份额/i;

/** What a token's own facts tell better than an audit. */
const ofTokens = /\b(?:mint\w*|pause\w*|blacklist\w*|freez\w+|supply)\b|增发|铸造|暂停|冻结|黑名单/i;

const intents: Intent[] = [
  // An agent that audits is asked of a contract what an audit looks for.
  {
    tool: 'audit-deployed-contract',
    words: { test: (plain, ask) => !ofTokens.test(plain) && readAuditTopic(ask) !== null },
    having: ['address'],
    without: ['code', 'document', 'function'],
  },
  {
    tool: 'list-alerts',
    words: /\b(?:which|what|my|list|show)\b.{0,20}\balerts\b|(?:哪些|什么|我的|列出).{0,4}提醒/i,
    without: account,
  },
  { tool: 'forecast', words: /\b(?:forecast|predict\w*|outlook)\b|预测|走势/i, having: ['table'] },
  {
    tool: 'indicators',
    words: /\b(?:indicators?|RSI|MACD|volatil\w*|drawdown|Sharpe|Bollinger)\b|波动|回撤|均线|布林|夏普|指标/i,
    having: ['table'],
  },
  {
    tool: 'create-alert',
    words:
      /\b(?:alert|notify|warn|ping|message|tell|let|remind)\s+(?:me|us)\b.{0,30}\b(?:when(?:ever)?|if|once|as soon as|every time)\b|\b(?:set|create|make|add)\b.{0,12}\balert\b|时(?:候)?，?(?:就|请)?(?:提醒|通知|告诉)|(?:提醒|通知)我|就(?:提醒|通知|告诉)我|设(?:置|个|一个)?.{0,4}提醒/i,
  },
  { tool: 'token-liquidity', words: { test: (_, ask) => readTrade(ask) !== null } },
  { tool: 'propose-transaction', words: { test: (_, ask) => readTransactionWish(ask) !== null } },
  // Who has a share of a pool holds the pool's own token.
  {
    tool: 'token-holders',
    words: liquidityProviders,
    having: ['address'],
    without: ['event', 'function', 'hash', 'token'],
  },
  { tool: 'token-liquidity', words: liquidityProviders, having: ['token'], without: ['event', 'function', 'hash'] },
  { tool: 'explain-transaction', words: /./s, having: ['hash'], without: ['event'] },
  { tool: 'pool-yield', words: yields, having: ['address', 'token'], without: ['event', 'function', 'hash'] },
  {
    tool: 'propose-transaction',
    words: /\b(?:prepare|propose|draft)\b|准备|起草|拟定|提议/i,
    having: account,
  },
  // A simulated call says nothing of tokens that it does not move; a proposal is simulated too, and signs nothing.
  {
    tool: 'propose-transaction',
    words: /\b(?:simulat\w+|dry run|would happen)\b|模拟|试运行/i,
    having: ['token'],
    without: ['function'],
  },
  { tool: 'simulate-call', words: /\b(?:simulat\w+|dry run|would happen)\b|模拟|试运行/i, having: account },
  // What went in and out over a time is how a balance changed.
  {
    tool: 'transfer-history',
    words:
      /\bbalances?\b.{0,60}\b(?:chang\w*|gr[eo]w\w*|increas\w*|decreas\w*|develop\w*)|\b(?:chang\w+|increase|decrease|growth) (?:of|in)\b.{0,40}\bbalance|余额.{0,16}(?:变化|变动|增加|减少|增减)/i,
    having: account,
    without: ['hash', 'event', 'function', 'block'],
  },
  {
    tool: 'wallet-profit',
    words:
      /\b(?:gas|fees?)\b.{0,60}\b(?:pa(?:y|id)|spen[dt]|cost|burn\w*)\b|\b(?:pa(?:y|id)|spen[dt])\b.{0,40}\b(?:gas|fees?)\b|(?:付|花|用)(?:了|掉|过)?(?:多少)?.{0,8}(?:gas|手续费)|(?:gas|手续费).{0,8}(?:付|花|用)/i,
    having: account,
    without: ['hash', 'event', 'function', 'block'],
  },
  {
    tool: 'token-distribution',
    words:
      /\bsupply\b.{0,40}\b(?:chang\w*|gr[eo]w\w*|increas\w*|decreas\w*|inflat\w*)|\b(?:inflation|change of the supply)\b|供应量?.{0,12}(?:变化|变动|增加|减少|增减)|通胀/i,
    without: ['event', 'function', 'hash', 'block'],
  },
  {
    tool: 'wallet-profit',
    words: /\b(?:profits?|losses|loss|p ?& ?l|pnl|realised|realized|gains?)\b|盈亏|利润|浮盈|赚了|亏了|赚钱|亏钱|赚到/i,
    having: account,
  },
  // Whose it is, nothing says: it is asked for by its hash.
  {
    tool: 'explain-transaction',
    words:
      /\b(?:my|our|this|that)\s+(?:\w+\s+)?(?:transaction|tx|txn)\b|(?:我的?|我们的?|这|那)(?:那|这)?(?:一?笔)?交易/i,
    without: [...account, 'hash', 'block', 'event', 'function'],
  },
  {
    tool: 'list-transactions',
    words: transactions,
    having: account,
    without: ['hash', 'event', 'function', 'token', 'duration', 'from-block'],
  },
  {
    tool: 'list-transactions',
    words:
      /\b(?:first|last|which|list|show|fail\w*|revert\w*|succe\w+)\b.{0,40}\b(?:transactions?|txs?)\b|\b(?:transactions?|txs?)\b.{0,40}\b(?:fail\w*|revert\w*|succe\w+)\b|(?:第[一二三四五六七八九十\d]+笔|最后一笔|哪些|列出).{0,4}交易|失败|回滚/i,
    having: ['block'],
    without: [...account, 'hash', 'event', 'function'],
  },
  {
    tool: 'wallet-activity',
    words:
      /\bwhom?\b.{0,80}\bmost\b|谁.{0,80}最多|\b(?:counterpart\w+|activity|heat ?map|first (?:funded|funding|funds|money|deposit)|funded|active|(?:deals?|dealt|dealing|trad\w+|interact\w*) (?:most(?:ly)? )?with|deal with)\b|(?:跟|和|与)谁|往来最多|第一笔(?:钱|资金|入金)|首笔|钱.{0,6}(?:哪来|从哪)|交易对手|活动|活跃|热力图|首次(?:入金|资金)|资金来源/i,
    having: account,
    without: ['hash', 'event', 'function'],
  },
  {
    tool: 'token-distribution',
    words: /\b(?:concentrat\w+|gini|hhi|distribut\w+)\b|集中|基尼|分布/i,
    without: ['event', 'function', 'hash'],
  },
  {
    tool: 'token-liquidity',
    words: /\b(?:liquidity|liquid|depth|deep|pools?|(?:be )?traded|slippage)\b|流动性|深度|多深|资金池|池子|盘子|滑点/i,
    without: ['event', 'function', 'hash'],
  },
  { tool: 'transfer-history', words: moved, having: account, without: ['hash', 'event', 'function', 'token-id'] },
  {
    tool: 'nft',
    words: /\b(?:tiles?|nfts?|collectibles?)\b|藏品|NFT/i,
    having: account,
    without: ['event', 'function', 'hash', 'from-block', 'duration'],
  },
  {
    tool: 'portfolio',
    words: worthWords,
    having: account,
    without: ['token', 'token-id', 'hash', 'event', 'function', 'duration', 'from-block'],
  },
  // Whose, the planner asks, or knows from before.
  {
    tool: 'portfolio',
    words:
      /\b(?:it|they|that|this|these|those|everything|portfolio|holdings?|assets|wallet)\b.{0,40}\bworth\b(?!\s+(?:it|\w+ing)\b)|\bhow much (?:is|are) (?:it|that|this|they|those|all|everything)\b.{0,20}\bin (?:dollars|USD)\b|\b(?:net worth|total value)\b|(?:它们?|这些|那些|全部|一共|总共|资产|持仓|组合|钱包).{0,8}(?:值多少|多少美[元金])|^\s*总(?:价)?值|稳定币.{0,8}占|\bhow much of (?:it|that|them) (?:is|are)\b.{0,20}\bstable ?coins?\b/i,
    without: [...account, 'token', 'token-id', 'hash', 'event', 'function', 'table', 'code'],
  },
  {
    tool: 'portfolio',
    words:
      /\bwhat(?:'|’)?s in\b|\bcontents\b|\b(?:portfolios?|holdings?|assets|everything|net worth)\b|\bwhat\b.{0,120}\b(?:hold|holds|own|owns|have|has|in it)\b|\b(?:which|all|what) (?:tokens|coins)\b|资产|持仓|组合|持有(?!者|人)(?:什么|哪些|多少种)|有(?:什么|哪些|啥)(?:代币|币|资产)?|都?有(?:些|点)?(?:什么|啥|哪些)/i,
    having: account,
    without: ['token', 'token-id', 'event', 'function'],
  },
  {
    tool: 'token-balance',
    words: /\b(?:balances?|how much|how many|hold|holds|own|owns|have|has)\b|余额|多少|持有(?!者|人)|还有|还剩|剩下/i,
    having: account,
    without: ['token-id', 'event', 'function', 'duration', 'from-block'],
  },
  {
    tool: 'transfer-history',
    words:
      /\b(?:transfers?|transferred|history|activity|inflows?|outflows?|incoming|outgoing|received?|receives|sent|sends?|payments?|moved)\b|转账|流水|转入|转出|流入|流出|收到|发出|收款|付款|往来/i,
    having: account,
    without: ['hash', 'event', 'function'],
  },
  {
    tool: 'token-holders',
    words:
      /\b(?:holders?|owners|whales?|distribution|concentrat\w+)\b|大户|巨鲸|持有者|持币|持有人|持仓分布|集中度|谁.{0,24}最多|最多的(?:人|地址|钱包|账户)|\b(?:biggest|largest) (?:bags?|wallets?|accounts?|positions?)\b|\bwho (?:owns|holds|has) (?:the )?most\b/i,
    without: ['event', 'function'],
  },
  {
    tool: 'gas-price',
    words: /\b(?:gas|base fee)\b.{0,20}\b(?:price|now|cost|fee)?\b|燃料费|gas|手续费(?!收入|收益|分成)/i,
    without: ['address', 'hash', 'token', 'block', 'event', 'function'],
  },
  { tool: 'token-price', words: { test: (_, ask) => readPriceWish(ask) !== null } },
  {
    tool: 'token-price',
    words: /\b(?:price|prices|priced|quote|worth|costs?)\b|现价|价格|币价|报价|行情|值多少|单价/i,
    without: ['event', 'function', 'hash'],
  },
  {
    tool: 'token-price',
    words: /\bhow much (?:is|are|does|do|for)\b|多少钱|几块钱/i,
    having: ['token'],
    without: [...account, 'event', 'function', 'hash'],
  },
  {
    tool: 'token-facts',
    words:
      /\b(?:supply|decimals|facts?|fake|scam|genuine|legit|standard|mint(?:able|ed by|ing)?|check (?:the )?token|what (?:is|kind of) (?:the )?token|due diligence)\b|\bhow many .{0,20}\b(?:exist|are there|in circulation)\b|供应量|总量|总共有?多少|一共有?多少|流通|小数|骗局|骗子|真假|假币|仿冒|正品|增发|检查.{0,8}代币|代币信息|尽职调查/i,
    without: ['event', 'function', 'hash'],
  },
  { tool: 'event-logs', words: /./s, having: ['event'] },
  { tool: 'read-contract', words: /./s, having: ['function'] },
  {
    tool: 'read-block',
    words: /\b(?:blocks?|height)\b|区块|高度/i,
    without: ['address', 'token', 'hash', 'event', 'function', 'token-id', 'from-block'],
  },
  {
    tool: 'list-transactions',
    words: transactions,
    having: ['block'],
    without: [...account, 'hash', 'event', 'function'],
  },
  { tool: 'chart', words: /\b(?:plot|charts?|graph)\b|图表|柱状图|折线图|饼图|可视化/i, without: account },
  { tool: 'nft', words: /./s, having: ['token-id'] },
  {
    tool: 'audit-deployed-contract',
    words: ofFindings,
    having: ['address'],
    without: ['code', 'document'],
  },
  {
    tool: 'list-tables',
    words:
      /\b(?:what|which) (?:data|datasets?|tables)\b.{0,20}\b(?:have|there|can|available|got)\b|有(?:什么|哪些|啥)(?:数据|表)|什么数据/i,
    without: ['table-name', ...account],
  },
  {
    tool: 'audit-contract',
    words: ofFindings,
    having: ['code', 'document'],
  },
];

/** What nobody asks of tools that only read. */
export const isDestructive = ({ words }: Ask): boolean =>
  /^\s*(?:please\s+|can you\s+|could you\s+)?(?:delete|drop|truncate|erase|wipe|remove)\b|删(?:除|掉|了)|清空/i.test(
    dropHidden(words),
  );

/** Tools that take any table and are still only meant where they are named. */
const ownWords: Record<string, RegExp> = {
  'create-alert':
    /\b(?:alerts?|notify|notif\w+|warn|ping|watch|monitor|tell|message|remind|let (?:me|us) know)\b|提醒|通知|告诉|监控|盯|预警|警报/i,
  forecast: /\b(?:forecast|predict|project|outlook|next)|预测|展望|走势/i,
  indicators:
    /\b(?:indicators?|RSI|MACD|SMA|EMA|moving average|Bollinger|volatil|drawdown|Sharpe)|指标|均线|波动|回撤|布林|夏普/i,
  'profile-table':
    /\b(?:profil|overview|explore|EDA|summar|describe|quality|distribut|outlier|missing|correlat|statistic)|概况|画像|质量|探索|分布|异常|缺失|统计|分析|概览/i,
};

/** Whether a tool that could take the data of an ask is not what the ask speaks of. */
export const isUnnamed = (tool: string, { words, found }: Ask): boolean =>
  ownWords[tool]?.test(words) === false ||
  (tool === 'simulate-call' &&
    found.some(({ kind }) => kind === 'token') &&
    !found.some(({ kind }) => kind === 'function'));

/** The tool of those offered that an ask speaks of in the hub's own words, or null; what is more particular comes first. */
export function findIntendedTool(offered: readonly string[], ask: Ask): string | null {
  const { words, found } = ask;
  const plain = dropHidden(words);
  const has = (kinds: FoundKind[]) => found.some(({ kind, fault }) => fault === undefined && kinds.includes(kind));
  const intent = intents.find(
    ({ tool, words: pattern, having, without }) =>
      offered.includes(tool) &&
      pattern.test(plain, ask) &&
      (having === undefined || has(having)) &&
      !(without !== undefined && has(without)),
  );
  return intent?.tool ?? null;
}

import { chineseLabels } from '#server/contract/chinese-labels.ts';
import { toColumnTitle } from '#server/contract/column-title.ts';
import { findLanguage } from '#server/contract/find-language.ts';
import type { JsonValue } from '#server/contract/json.ts';
import { findChoiceWords, findParameterWords } from '#server/contract/parameter-words.ts';
import { spaceChinese } from '#server/contract/space-chinese.ts';
import type { Parameter, ToolView } from './tool-view.ts';

export type Language = 'en' | 'zh';

/** The language that an answer is written in; `usual` where a text has no words to tell it by. */
export const detectLanguage = (text: string, usual: Language = 'en'): Language => findLanguage(text) ?? usual;

const greeting =
  /^\s*(?:hi|hello|hey|good (?:morning|afternoon|evening)|greetings|help|what can (?:you|i|this agent) do(?: here)?|who are you|你好|您好|嗨|哈喽|早上好|下午好|晚上好|帮助|[你您]?能做什么|[你您]会什么|[你您]是谁)(?:[ ,，]*(?:there|you|啊|呀))?[\s!！.。?？~,，]*$/i;

export function isGreeting(text: string): boolean {
  return greeting.test(text);
}

const parameterWords: Partial<Record<Parameter['wish'], Record<Language, string>>> = {
  address: { en: 'the address (0x…)', zh: '地址（0x…）' },
  hash: { en: 'the transaction hash (0x and 64 digits)', zh: '交易哈希（0x 加 64 位）' },
  url: { en: 'the address of the page (https://…)', zh: '网址（https://…）' },
  email: { en: 'the e-mail address', zh: '电子邮箱地址' },
  expression: { en: 'the expression to calculate', zh: '要计算的算式' },
  chain: { en: 'the chain', zh: '链' },
  'time-zone': { en: 'the time zone or city', zh: '时区或城市' },
  date: { en: 'the date', zh: '日期' },
  duration: { en: 'how long (such as "3 days")', zh: '时长（例如“3 天”）' },
  table: { en: 'the data, as a table, CSV or "label: number" pairs', zh: '数据（表格、CSV 或“标签：数字”）' },
  column: { en: 'the column', zh: '列名' },
  'table-name': { en: 'the name of the table', zh: '数据表名称' },
  code: { en: 'the code', zh: '代码' },
  'free-text': { en: 'the text', zh: '文字内容' },
};

/** What a parameter is that its kind does not tell. */
const namedWords: Record<string, Record<Language, string>> = {
  'address from': { en: 'the address of the wallet that sends (0x…)', zh: '发送方的钱包地址（0x…）' },
  'address to': { en: 'the address that receives or may spend it (0x…)', zh: '接收方或被授权方的地址（0x…）' },
  'amount amount': { en: 'how much, such as 1.5', zh: '数额（例如 1.5）' },
  'token token': { en: 'which token: its contract address, or a symbol', zh: '哪种代币：合约地址或符号' },
};

const describe = (text: string) =>
  text === ''
    ? ''
    : firstSentence(text)
        .replace(/[.。]$/, '')
        .slice(0, 160);

function describeParameter(tool: ToolView, parameter: Parameter, language: Language): string {
  const { name, wish, values, description } = parameter;
  const known = (namedWords[`${wish} ${name}`] ?? parameterWords[wish])?.[language];
  const isChinese = language === 'zh';
  // Only the hub's own tools are told in Chinese; those of others keep their words.
  const isOwn = isChinese && tool.localized !== null;
  const own = isOwn ? findParameterWords(description) : null;
  const plain = known ?? describe(own ?? (isChinese ? chineseLabels[name] : undefined) ?? description);
  const sayChoice = (choice: JsonValue) => {
    const text = typeof choice === 'string' ? choice : JSON.stringify(choice);
    const said = isOwn ? findChoiceWords(text) : null;
    return `\`${text}\`${said === null ? '' : `（${said}）`}`;
  };
  const choices =
    values === null
      ? ''
      : `${isChinese ? '：' : ': '}${values
          .slice(0, 12)
          .map(sayChoice)
          .join(isChinese ? '、' : ', ')}`;
  return plain === '' ? `\`${name}\`${choices}` : `${plain} (\`${name}\`)${choices}`;
}

export function titleOf({ name, localized }: ToolView, language: Language): string {
  return localized?.title[language] ?? name;
}

function firstSentence(text: string): string {
  return /^[\s\S]*?(?:[.](?=\s)|[。])/.exec(text)?.[0] ?? text;
}

function listTools(tools: ToolView[], language: Language): string {
  return tools
    .map(
      (tool) =>
        `- **${titleOf(tool, language)}**: ${firstSentence(tool.localized?.description[language] ?? tool.description)}`,
    )
    .join('\n');
}

/** Whether an answer asked which table or column is meant. */
export const isTableQuestion = (answer: string): boolean =>
  /Which (?:table do you mean|column of `)|您指的是(?:哪张表| `)/.test(answer);

/** Whether an answer asked which dashboard is meant. */
export const isDashboardQuestion = (answer: string): boolean =>
  /Which dashboard do you mean|您指的是哪个仪表板/.test(answer);

const quoteWord = (name: string) => `\`${name.replaceAll('`', '')}\``;

const chineseUnits: Record<string, string> = {
  hour: '小时',
  day: '自然日',
  week: '自然周',
  month: '自然月',
  quarter: '季度',
  year: '年度',
};

const fixed = {
  en: {
    planner:
      'This is the **Offline planner**: no language model is connected. It uses the tools of this agent and reports what they say.',
    greeting: (agentName: string | null) => (agentName === null ? 'Hello!' : `Hello, this is ${agentName}.`),
    noFit:
      'None of the tools of this agent fits this request, and nothing else can be answered without a language model.',
    can: 'What this agent can do now:',
    noTools: 'This agent has no tools yet, so without a language model it can do nothing.',
    connect:
      'To connect a model, open **Settings → Models**, or start the hub with `OPENAI_API_KEY` (and `OPENAI_BASE_URL` for another provider or a local server).',
    need: (title: string, list: string) => `For **${title}** I still need:\n\n${list}`,
    checksum: (address: string) =>
      `\`${address}\` is not a valid address: the case of its letters does not agree with its checksum (EIP-55). Check it for a typing error.`,
    failed: (title: string, error: string) => `**${title}** did not work: ${error}`,
    noResult: (title: string) => `**${title}** gave no result.`,
    done: (title: string) => `**${title}**: done.`,
    none: (title: string) => `**${title}**: there are none.`,
    chartTitle: (figures: string[], label: string) => `${figures.join(', ')} by ${label}`,
    unanswered: (texts: string[]) =>
      `No tool of this agent fits this part, and it needs a language model: ${texts.map((text) => `“${text}”`).join(', ')}`,
    sources: 'Sources:',
    more: (count: number) => `… and ${count} more`,
    approximate: ' (rounded)',
    range: (first: string, last: string) => `${first} to ${last}`,
    whichTable: (names: string[]) => `Which table do you mean? There are: ${names.map(quoteWord).join(', ')}.`,
    whichColumn: (role: 'measure' | 'group' | 'time', table: string, names: string[]) =>
      `Which column of ${quoteWord(table)} ${role === 'time' ? 'holds the time' : 'do you mean'}? It has: ${names.map(quoteWord).join(', ')}.`,
    whichSeries: (table: string, names: string[]) =>
      `${quoteWord(table)} holds several series: add the contract whose one you mean. There are: ${names.slice(0, 20).map(quoteWord).join(', ')}.`,
    fromNewest: (table: string) => `Times count back from the newest row of ${quoteWord(table)}, not from today.`,
    wholeSteps: (table: string, unit: string) =>
      `The series ends with the last whole ${unit} of ${quoteWord(table)}; the one that it ends in is left out.`,
    ofFeed: (table: string) => `Prices at the end of each day by the chain’s price feed, from ${quoteWord(table)}.`,
    ofHours: (table: string) => `Prices of each hour by the chain’s price feeds (UTC), from ${quoteWord(table)}.`,
    noPastPrices:
      'Prices of the past are in the tables of an indexed chain, and none that I can read here has them; the price now would say nothing of them. An administrator indexes a chain under Chains; the agents SQL Analyst and Market Forecaster read its tables.',
    ofHolders: 'Mints and burns are left out.',
    ofFigures: {
      holders: 'Mints and burns are left out: ask for what was minted or burned to see them.',
      dollars:
        'Swaps are compared by their side in a dollar coin (dollar_amount, a coin counted as a dollar); one without such a side has none.',
      utc: 'Weekdays and hours are UTC.',
      tokens:
        'These amounts are in tokens: the tables have no value in dollars of a transfer. Ask for the price of the token, or for swaps, which have one.',
      each: 'Amounts of different tokens do not compare: these are the largest of each token. Name one for its own list.',
      known:
        'Only well-known tokens are listed: anybody can make one of any name and amount. Name a token by its contract to see its own.',
      people: 'Counted are the senders and receivers of transactions, contracts among them.',
      compared: 'The newest period is not over: it ends with the newest row.',
    },
    notIndexed: (chain: string | undefined) =>
      `What all holders of a token moved is read from an index of the chain, and there is none of ${chain === undefined ? 'any chain' : quoteWord(chain)}. An administrator can make one on the page **Data**; or name an address, whose transfers are read without one.`,
    nothingToKeep: 'Only the result of a query of tables goes on a dashboard. Ask a question about a table first.',
    newDashboard: 'My dashboard',
    whichDashboard: (names: string[]) => `Which dashboard do you mean? There are: ${names.map(quoteWord).join(', ')}.`,
    onDashboard: (title: string, name: string, id: string) =>
      `“${title}” is on the dashboard [${name.replaceAll(/[[\]]/g, '')}](/dashboards/${id}). Its query is kept there, and can be refreshed.`,
    sqlUsed: 'The SQL:',
    noRows: 'No rows.',
    yes: 'yes',
    no: 'no',
    hints: {
      input: 'Correct the input and send the request again.',
      egress: 'An administrator can allow this address in the hub’s settings.',
      unavailable: 'Try again later, or ask an administrator to set this tool up.',
      devnet:
        'Without internet, the hub’s own **devnet** can be read (no real money): ask again and add “on the devnet”. An administrator can set up another RPC under Settings → Chains.',
      refused: '',
      other: 'Send the request again, or word it in another way.',
    },
  },
  zh: {
    planner: '这里是**离线规划器**（Offline planner）：尚未连接语言模型。它调用本智能体的工具，并如实报告工具的结果。',
    greeting: (agentName: string | null) => (agentName === null ? '您好！' : `您好，这里是${agentName}。`),
    noFit: '本智能体的工具都不适合这个请求；没有语言模型，也无法用别的方式回答。',
    can: '本智能体现在可以做这些：',
    noTools: '本智能体还没有工具，没有语言模型时无法做任何事。',
    connect:
      '要连接模型，请打开 **设置 → 模型**（Settings → Models），或在启动时设置 `OPENAI_API_KEY`（其他服务商或本地服务器还要设置 `OPENAI_BASE_URL`）。',
    need: (title: string, list: string) => `使用**${title}**还需要：\n\n${list}`,
    checksum: (address: string) => `\`${address}\` 不是有效地址：字母大小写与校验和（EIP-55）不符，请检查是否输错。`,
    failed: (title: string, error: string) => `**${title}** 没有成功：${error}`,
    noResult: (title: string) => `**${title}** 没有返回结果。`,
    done: (title: string) => `**${title}**：已完成。`,
    none: (title: string) => `**${title}**：没有。`,
    chartTitle: (figures: string[], label: string) =>
      spaceChinese(`各${toColumnTitle(label, 'zh')}的${figures.map((name) => toColumnTitle(name, 'zh')).join('、')}`),
    unanswered: (texts: string[]) =>
      `以下部分没有合适的工具，需要语言模型：${texts.map((text) => `“${text}”`).join('、')}`,
    sources: '来源：',
    more: (count: number) => `……另有 ${count} 项`,
    approximate: '（已舍入）',
    range: (first: string, last: string) => `${first} 至 ${last}`,
    whichTable: (names: string[]) => `您指的是哪张表？现有：${names.map(quoteWord).join('、')}。`,
    whichColumn: (role: 'measure' | 'group' | 'time', table: string, names: string[]) =>
      `您指的是 ${quoteWord(table)} 的哪一列${role === 'time' ? '（时间）' : ''}？它有：${names.map(quoteWord).join('、')}。`,
    whichSeries: (table: string, names: string[]) =>
      `${quoteWord(table)} 里有多个序列，请注明您指的合约。现有：${names.slice(0, 20).map(quoteWord).join('、')}。`,
    fromNewest: (table: string) => `时间从 ${quoteWord(table)} 中最新的一行往回算，而不是从今天算起。`,
    wholeSteps: (table: string, unit: string) =>
      `序列截至 ${quoteWord(table)} 中最后一个完整的${chineseUnits[unit] ?? '时段'}；尚未结束的那一个不计入。`,
    ofFeed: (table: string) => `每天结束时的价格，取自 ${quoteWord(table)} 中该链的喂价。`,
    ofHours: (table: string) => `各小时的价格，取自 ${quoteWord(table)} 中该链的喂价（UTC）。`,
    noPastPrices:
      '过去的价格在已索引链的数据表中，而我在此读不到这样的表；当前价格说明不了过去。管理员可在“链”页面为链建立索引；SQL 分析员和行情预测员可以读取其数据表。',
    ofHolders: '铸造与销毁不计入。',
    ofFigures: {
      holders: '铸造与销毁不计入；要看它们，请直接问铸造或销毁了多少。',
      dollars: '兑换按其中美元稳定币的一侧比较（dollar_amount，一枚计为一美元）；没有这一侧的兑换没有此金额。',
      utc: '星期与小时按 UTC 计。',
      tokens: '这里的金额以代币计：数据表中没有转账的美元价值。可以查询该代币的价格，或查询兑换记录（有美元金额）。',
      each: '不同代币的金额无法互相比较：这里列出每种代币各自最大的几笔。指明代币可只看它的。',
      known: '只列出知名代币：任何人都能发行任意名称、任意数量的代币。要看某个代币，请给出其合约地址。',
      people: '计入的是交易的发送方与接收方，其中也有合约。',
      compared: '最新的时段尚未结束：截至最新一行。',
    },
    notIndexed: (chain: string | undefined) =>
      `一个代币所有持有者的转账要从链的索引中读取，而${chain === undefined ? '目前没有任何链' : ` ${quoteWord(chain)} 没有`}索引。管理员可以在**数据**页面建立索引；也可以给出一个地址，无需索引即可读取它的转账。`,
    nothingToKeep: '只有数据表查询的结果能放到仪表板上。请先就某张数据表提问。',
    newDashboard: '我的仪表板',
    whichDashboard: (names: string[]) => `您指的是哪个仪表板？现有：${names.map(quoteWord).join('、')}。`,
    onDashboard: (title: string, name: string, id: string) =>
      `“${title}”已放到仪表板 [${name.replaceAll(/[[\]]/g, '')}](/dashboards/${id})。那里保存的是查询，可以刷新。`,
    sqlUsed: '所用 SQL：',
    noRows: '没有符合的行。',
    yes: '是',
    no: '否',
    hints: {
      input: '请改正输入后重新发送。',
      egress: '管理员可以在设置中允许访问这个地址。',
      unavailable: '请稍后再试，或请管理员配置这个工具。',
      devnet:
        '没有互联网时，可以查询中枢自带的**开发网**（devnet，不含真实资金）：请在问题里加上“在开发网上”再问一次。管理员可以在“设置 → 区块链”中添加其他 RPC。',
      refused: '',
      other: '请重新发送，或换一种说法。',
    },
  },
};

/** The fixed sentences of the planner; every other word of its answers comes from tools and sources. */
export function wordsOf(language: Language) {
  const words = fixed[language];
  return {
    ...words,
    listTools: (tools: ToolView[]) => listTools(tools, language),
    title: (tool: ToolView) => titleOf(tool, language),
    listParameters: (tool: ToolView, missing: Parameter[]) =>
      missing.map((parameter) => `- ${describeParameter(tool, parameter, language)}`).join('\n'),
  };
}

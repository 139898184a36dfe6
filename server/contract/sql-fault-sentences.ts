/**
 * What the hub says of a query in a sentence of its own, and its Chinese. A fault is stored in English, beside the words of
 * engines that know no Chinese; a test knows that no sentence is missing.
 */
const sentences: readonly (readonly [english: RegExp, chinese: string])[] = [
  [
    /^Send one statement at a time\. A PIVOT needs its values: ON … IN \(…\)\.$/,
    '请一次发送一条语句。PIVOT 需要写明取值：ON … IN (…)。',
  ],
  [
    /^Only a statement that reads can be run: SELECT, WITH, FROM, SHOW, EXPLAIN …$/,
    '只能运行读取数据的语句：SELECT、WITH、FROM、SHOW、EXPLAIN …',
  ],
  [/^There is no statement here\.$/, '这里没有语句。'],
  [/^The parameter "(.*)" has no value\.$/s, '参数“$1”没有值。'],
  [
    /^The parameter "(.*)" is a number of at most 38 digits, not "(.*)"\.$/s,
    '参数“$1”须是最多 38 位的数字，不能是“$2”。',
  ],
  [/^The parameter "(.*)" is one of: (.*)\.$/s, '参数“$1”须是以下之一：$2。'],
  [/^The parameter "(.*)" is not a number\.$/s, '参数“$1”不是数字。'],
  [/^A table has at most (\d+) columns\.$/, '一张表最多有 $1 列。'],
  [/^The file has no column "(.*)"\.$/s, '文件中没有“$1”这一列。'],
  [/^The result has no column "(.*)"\.$/s, '结果中没有“$1”这一列。'],
  [/^The stored table is gone\.$/, '保存的表已不存在。'],
  [/^The result is larger than (\d+) MB\. Choose fewer columns or rows\.$/, '结果超过 $1 MB。请选择更少的列或行。'],
  [/^The result is too large\. Choose fewer columns or rows\.$/, '结果过大。请选择更少的列或行。'],
  [
    /^The query was stopped after ([\d.]+) seconds of a processor\. Read fewer rows, or filter earlier\.$/,
    '查询占用处理器 $1 秒后被停止。请读取更少的行，或更早筛选。',
  ],
  [
    /^The query took more memory than a query may take, and was stopped\. Read fewer rows or columns, or aggregate earlier\.$/,
    '查询占用的内存超过上限，已被停止。请读取更少的行或列，或更早聚合。',
  ],
  [
    /^The query needs more memory than a query may take\. Read fewer rows or columns, or aggregate earlier\.$/,
    '查询需要的内存超过上限。请读取更少的行或列，或更早聚合。',
  ],
  [
    /^Queries read tables only: no files, no network, no extensions, no settings\.$/,
    '查询只能读取表，不能访问文件、网络、扩展或设置。',
  ],
  [
    /^The engine broke off while it ran the query\. Nothing else was affected\.$/,
    '引擎在运行查询时中断，其他内容不受影响。',
  ],
  [
    /^The hub is too busy to run this query now\. Try again in a moment\.$/,
    '中枢现在太忙，无法运行此查询，请稍后再试。',
  ],
  [/^The hub was stopped while the query ran\. Run it again\.$/, '查询运行期间中枢停止了，请重新运行。'],
  [/^Dune sent more than 64 MB at once\.$/, 'Dune 一次发送的内容超过 64 MB。'],
  [/^Dune could not be reached: (.*)$/s, '无法连接 Dune：$1'],
  [/^Dune answered with something that is not its API\.$/, 'Dune 的回答不符合其 API。'],
  [/^Dune does not take your key \((\d+)\)\. Enter another one\.(.*)$/s, 'Dune 不接受您的密钥（$1），请输入另一个。$2'],
  [/^Your credits at Dune are spent \(402\)\.(.*)$/s, '您在 Dune 的额度已用完（402）。$1'],
  [
    /^Dune takes no more requests of your key now \(429\)\. Try again in a moment\.(.*)$/s,
    'Dune 目前不再接受此密钥的请求（429），请稍后再试。$1',
  ],
  [
    /^Dune takes no more requests of your key now \(429\)\. Try again in (\d+) seconds\.(.*)$/s,
    'Dune 目前不再接受此密钥的请求（429），请在 $1 秒后重试。$2',
  ],
  [/^Dune refused the query \((\d+)\)\.$/, 'Dune 拒绝了此查询（$1）。'],
  [/^Dune has a fault of its own \((\d+)\)\.(.*)$/s, 'Dune 自身出现故障（$1）。$2'],
  [/^Dune says no more\.$/, 'Dune 没有说明原因。'],
  [/^The query was cancelled at Dune\.$/, '查询已在 Dune 被取消。'],
  [/^Dune no longer keeps the result\. Run the query again\.$/, 'Dune 不再保留该结果，请重新运行查询。'],
  [/^Dune had no result after ten minutes; it was cancelled\.$/, 'Dune 在十分钟后仍没有结果，查询已取消。'],
];

/** The Chinese of a sentence of the hub's own about a query; null for what an engine said. Pure. */
export function findFaultInChinese(message: string): string | null {
  const found = sentences.find(([english]) => english.test(message));
  return found === undefined ? null : message.replace(...found).replace(/ Dune says: /, 'Dune 的说明：');
}

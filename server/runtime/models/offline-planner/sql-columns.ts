import type { SqlTable, TableColumn } from './sql-schema.ts';
import { tokenise } from './tokenise.ts';

/** Words of Chinese questions for what columns and tables are often called. */
const chineseNames: Record<string, string> = {
  日期: 'date day',
  时间: 'time',
  金额: 'amount',
  数额: 'amount value',
  数量: 'quantity count amount',
  价格: 'price',
  单价: 'price',
  地区: 'region area',
  区域: 'region area',
  产品: 'product',
  商品: 'product item',
  客户: 'customer client',
  用户: 'user',
  国家: 'country',
  城市: 'city',
  类别: 'category type',
  分类: 'category type',
  类型: 'type kind',
  状态: 'status state',
  收入: 'revenue income',
  营收: 'revenue',
  销售额: 'sales revenue',
  销量: 'sales quantity',
  销售: 'sales',
  成本: 'cost',
  费用: 'fee cost',
  手续费: 'fee',
  利润: 'profit',
  订单: 'order orders',
  发送方: 'sender from',
  发送人: 'sender from',
  转出方: 'sender from',
  转入方: 'receiver recipient to',
  接收人: 'receiver recipient to',
  收款人: 'receiver recipient to',
  付款人: 'sender from payer',
  发送者: 'sender from',
  付款方: 'sender from payer',
  接收方: 'receiver recipient to',
  收款方: 'receiver recipient to',
  转账: 'transfers transfer',
  交易: 'transactions trades transaction trade',
  兑换: 'swaps swap',
  区块: 'blocks block',
  代币: 'token tokens',
  名称: 'name',
  渠道: 'channel',
  部门: 'department',
  员工: 'employee',
  工资: 'salary wage pay',
  薪资: 'salary wage',
  余额: 'balance',
  供应商: 'supplier vendor',
};
/** What people say, by its stem, for names that cannot be said as words. */
const englishNames: Record<string, string> = {
  send: 'from',
  payer: 'from',
  receiv: 'to',
  recipient: 'to',
  payee: 'to',
};
/** Names of columns that every sentence has as words. */
const prepositions = new Set(['from', 'to', 'by', 'in', 'of', 'at', 'on']);
const asName = (word: string) => `column ${word}`;
/** Parts of names that say nothing of their own. */
const empty = new Set(['id', 'the', 'of', 'data', 'tabl', 'csv']);

const escape = (text: string) => text.replaceAll(/[.*+?^${}()|[\]\\/]/g, '\\$&');

/** All words of a text that names may have: its own, without endings, and the English ones for Chinese. */
export function wordsFor(text: string): Set<string> {
  const meant = Object.entries(chineseNames).flatMap(([word, names]) => (text.includes(word) ? names.split(' ') : []));
  const own = tokenise(text);
  const names = [...meant, ...own.flatMap((word) => englishNames[word] ?? [])].filter((word) => prepositions.has(word));
  return new Set([...own, ...meant.flatMap(tokenise), ...names.map(asName)]);
}

/** How well a name is said in a text: how many of its words, 0 when one is missing. */
function rateName(name: string, text: string, words: Set<string>): number {
  if (/\p{Script=Han}/u.test(name)) return text.includes(name) ? name.length : 0;
  if (prepositions.has(name))
    return words.has(asName(name)) || new RegExp(`["\`]${name}["\`]|column ${name}\\b`, 'i').test(text) ? 2 : 0;
  const whole = new RegExp(`(?<![\\p{L}\\d_])${escape(name)}(?![\\p{L}\\d_])`, 'iu');
  if (whole.test(text)) return 10 + name.length;
  const parts = tokenise(name.replaceAll(/[_\s.-]+/g, ' ')).filter((part) => !empty.has(part));
  return parts.length > 0 && parts.every((part) => words.has(part)) ? parts.length : 0;
}

/** The columns that a text names, best first; one whose name is only a part of another's that is named is left out. */
export function findColumns(columns: TableColumn[], text: string): TableColumn[] {
  const words = wordsFor(text);
  const rated = columns
    .map((column) => ({ column, rate: rateName(column.name, text, words) }))
    .filter(({ rate }) => rate > 0)
    .sort((one, other) => other.rate - one.rate);
  return rated
    .filter(
      ({ column, rate }) =>
        !rated.some(
          (other) => other.rate > rate && other.column.name !== column.name && other.column.name.includes(column.name),
        ),
    )
    .map(({ column }) => column);
}

/** The tables that a text is about, best first: by name, else by the columns that it names. Those as good as the first are in it. */
export function findTables(tables: SqlTable[], text: string): SqlTable[] {
  const words = wordsFor(text);
  const rated = tables.map((table) => {
    const own = table.name.slice(table.name.indexOf('.') + 1);
    const parts = tokenise(own.replaceAll('_', ' '));
    const inName = rateName(own, text, words) * 3 + parts.filter((part) => words.has(part)).length * 2;
    const schema = table.name.includes('.') && words.has(table.name.slice(0, table.name.indexOf('.'))) ? 1 : 0;
    const named = findColumns(table.columns, text);
    // "Gas price" is a column, whatever table is called "prices".
    const whole = named.filter(
      ({ name }) => name.includes('_') && new RegExp(`\\b${escape(name.replaceAll('_', ' '))}\\b`, 'i').test(text),
    );
    return { table, rate: inName + schema + named.length + whole.length * 6 };
  });
  const best = Math.max(0, ...rated.map(({ rate }) => rate));
  if (best === 0) return tables.length === 1 ? tables : [];
  return rated.filter(({ rate }) => rate === best).map(({ table }) => table);
}

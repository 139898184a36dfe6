import type { LocalizedText } from './localized-text.ts';
import type { SqlFault } from './sql.ts';

const kinds: Record<SqlFault['kind'], string> = {
  syntax: '无法读懂此 SQL',
  unknown_name: '没有这个表、列或函数',
  parameter: '参数不合适',
  not_allowed: '查询不允许这样做',
  failed: '查询失败',
  too_slow: '查询用时过长',
  too_much_memory: '查询占用内存过多',
  too_large: '结果过大',
  busy: '正在运行的查询过多',
  interrupted: '查询被中断',
  key_refused: 'Dune 不接受您的密钥',
  credits_spent: '您在 Dune 的额度已用完',
  unreachable: '无法连接 Dune',
};

/** Why a query failed, with its place. The engine's own words are English; the Chinese says the kind before them. Pure. */
export function toSqlFaultWords({ kind, message, words, line, column }: SqlFault): LocalizedText {
  const at =
    line === null
      ? { en: '', zh: '' }
      : { en: ` (line ${line}, column ${column})`, zh: `（第 ${line} 行，第 ${column} 列）` };
  return { en: `${message}${at.en}`, zh: `${kinds[kind]}${at.zh}：${words?.zh ?? message}` };
}

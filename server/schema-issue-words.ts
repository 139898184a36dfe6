import type { LocalizedText } from '#server/contract/localized-text.ts';

/** What the validator of JSON schemas says, and its Chinese; `$1` and `$2` stand for what it names. */
const sentences: readonly (readonly [RegExp, string])[] = [
  [/^Instance type "(.+)" is invalid\. Expected "(.+)"\.$/, '类型应为 $2，而不是 $1。'],
  [/^Instance does not have required property "(.+)"\.$/, '缺少“$1”。'],
  [/^Instance does not match any of (.+)\.$/, '应为以下之一：$1。'],
  [/^Instance does not match (["\d[{tfn].*)\.$/, '应为 $1。'],
  [/^Instance matched "not" schema\.$/, '不允许这样的值。'],
  [
    /^Instance does not match (?:any subschemas|every subschema|exactly one subschema .+)\.$/,
    '不符合所规定的任何一种结构。',
  ],
  [/^Instance does not have at least (\d+) properties\.$/, '成员数量不符（$1）。'],
  [/^Instance has "(.+)" but does not have "(.+)"\.$/, '有“$1”时还需要“$2”。'],
  [/^(?:Property|Property name) "(.+)" does not match additional properties schema\.$/, '不允许“$1”。'],
  [/^(?:Property|Property name) "(.+?)" .*$/, '“$1”不符合要求。'],
  [/^Items? did not match .*$/, '列表中有不符合要求的项。'],
  [/^Array has too many items \((\d+) > (\d+)\)\.$/, '项数过多（$1，最多 $2）。'],
  [/^Array has too few items \((\d+) < (\d+)\)\.$/, '项数过少（$1，至少 $2）。'],
  [/^Array .*$/, '列表中的项不符合要求。'],
  [/^Duplicate items at indexes (\d+) and (\d+)\.$/, '第 $1 项与第 $2 项重复（从 0 起）。'],
  [/^(\S+) is less than (?:or equal to )?(\S+)\.$/, '$1 过小（界限为 $2）。'],
  [/^(\S+) is greater than (?:or equal to )?(\S+)\.$/, '$1 过大（界限为 $2）。'],
  [/^(\S+) is not a multiple of (\S+)\.$/, '$1 不是 $2 的倍数。'],
  [/^String is too short \((\d+) < (\d+)\)\.$/, '文本过短（$1 个字符，至少 $2）。'],
  [/^String is too long \((\d+) > (\d+)\)\.$/, '文本过长（$1 个字符，最多 $2）。'],
  [/^String does not match pattern\.$/, '文本不符合规定的格式。'],
  [/^String does not match format "(.+)"\.$/, '文本不是 $1 格式。'],
  [/^(?:False boolean schema|A subschema had errors)\.$/, '不允许这样的值。'],
  [
    /^A pattern of the schema took too long to try: more than (\d+) ms\.$/,
    'Schema 中的某个正则表达式用时过长：超过 $1 毫秒。',
  ],
  [
    /^The schema of this tool cannot be read\. Load its toolset again\.$/,
    '无法读取此工具的 Schema。请重新加载其工具集。',
  ],
];

/** What `findSchemaIssues` says of a value, in both languages; a sentence that is not known stays English. Pure. */
export function toSchemaWords(message: string): LocalizedText {
  const known = sentences.find(([pattern]) => pattern.test(message));
  return { en: message, zh: known === undefined ? message : message.replace(known[0], known[1]) };
}

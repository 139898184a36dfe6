/** What is to be kept on a dashboard: a question, or nothing where the person points back; which dashboard, and how. */
export type DashboardWish = { about: string; name: string | null; kind: string | null };

const english =
  /(?:[,;.]\s*)?(?:\b(?:and|then|please|also|now)\s+)*\b(?:put|add|save|pin|keep)\b\s*(?<what>[^.?!;\n]{0,200}?)\s*\b(?:on|onto|to|in|into)\s+(?<where>(?:[^\s.?!;]+\s+){0,5}?)dashboards?\b(?<rest>.*)$/is;
const chinese =
  /(?:[，,；;。]\s*)?(?:请|再|并|然后|帮我|也|\s)*(?:把|将)?(?<what>[^，,。；;\n]{0,80}?)(?:保存|添加|固定|放|加|存|钉)(?:到|在|进|入)(?<where>[^，,。；;\n]{0,60}?)(?:仪表板|仪表盘|看板)(?<rest>.*)$/s;

const pointing =
  /^(?:(?:this|that|it|these|them|those|the)?\s*(?:last|previous)?\s*(?:results?|charts?|tables?|query|figures?|answers?)?|(?:这个?|那个?|它|上面的?|刚才的?|该)?(?:结果|图表?|表格?|查询|数字|答案)?)$/i;
const articles = /^(?:(?:my|the|a|an|our|new|own)\s+)+|^(?:我们?的|我|一个|新的?|的)+/i;
const kinds: [kind: string, words: RegExp][] = [
  ['table', /\bas (?:a )?table\b|表格/i],
  ['counter', /\bas (?:a )?(?:counter|number|figure)\b|计数器|单个数字/i],
  ['line', /\bline\b|折线/i],
  ['pie', /\bpie\b|饼图/i],
  ['area', /\barea\b|面积图/i],
  ['bar', /\bbars?\b|柱/i],
];

/** Reads the wish to keep something on a dashboard, in English or Chinese; null where there is none. */
export function readDashboardWish(text: string): DashboardWish | null {
  const match = english.exec(text) ?? chinese.exec(text);
  if (match === null) return null;
  const { what = '', where = '', rest = '' } = match.groups ?? {};
  const lead = text.slice(0, match.index).trim();
  return {
    about: lead !== '' ? lead : pointing.test(what.trim()) ? '' : what.trim(),
    name: readName(where, rest),
    kind: kinds.find(([, words]) => words.test(`${what} ${rest}`))?.[0] ?? null,
  };
}

function readName(where: string, rest: string): string | null {
  const quoted = /["“「『]([^"”」』]{1,120})["”」』]/.exec(`${where} ${rest}`)?.[1];
  const called = /^\s*(?:called|named)\s+([^.,;?!，。]{1,80})/i.exec(rest)?.[1];
  const own = where
    .trim()
    .replace(/^(?:名为|叫做?)/, '')
    .concat(' ')
    .replace(articles, '')
    .replace(/的\s*$/, '')
    .trim();
  const name = (quoted ?? called ?? own).trim();
  return name === '' ? null : name;
}

import { dropHidden, hide, type Found, type FoundKind } from './found.ts';
import { recogniseBlocks, recogniseWords } from './recognise.ts';

const longestAddition = 90;
const mostBefore = 6;

const lead =
  /^\s*(?:(?:ok(?:ay)?|now|please|thanks|thank you)[,，]?\s+)*(?:(?:and|or|but|so|also|what about|how about|same for|the same for|now|then)\b[,，]?\s*)+|^\s*(?:好的?[,，]?\s*)?(?:那么?|还有|以及|再看看?|另外|然后|换成|改成|改为)[,，]?\s*/i;
const tail = /(?:\s*(?:呢|吗|吧|呀|please|then|instead|too|as well)\s*)*[\s?？。.!！]*$/i;
/** Words that only join what is named to what was asked. */
const joining =
  /\b(?:of|for|in|on|during|over|within|the|a|an|at|with|from|by|only|just|its?|their|token|chain|network|address|wallet|pool)\b|[的在于为是,，。]|代币|上|里|中|期间/gi;
const chartWish =
  /^\s*(?:(?:please|can you|could you)\s+)?(?:(?:show|draw|plot|chart|graph|make|give|turn|put|display|visuali[sz]e)\b.{0,40}\b)?(?:as|into|in|on)?\s*(?:an?\s+)?(?:(?:bar|line|area|pie|column|scatter)\s+)?(?:chart|graph|plot|diagram)s?(?:\s+(?:please|of (?:it|that|this)))?[\s?？。.!！]*$|^\s*(?:plot|chart|draw|graph|visuali[sz]e)\s+(?:it|that|this|them|the result)(?:\s+as\b.{0,30})?[\s?？。.!！]*$|^\s*(?:请)?(?:把(?:它|结果|这个|这些))?(?:换成|改成|变成|画成?|做成|用|以|绘制成?|画个|画一?张|来一?张|显示为)?\s*(?:一?[张个])?(?:柱状|折线|饼状?|面积|散点|条形|曲线)?图(?:表|形)?(?:(?:来)?(?:显示|展示|表示|看看))?(?:呢|吧|吗)?[\s?？。.!！]*$/i;
const fileWish =
  /^\s*(?:(?:please|can you|could you|can i|i want to)\s+)?(?:export|download|save|give|get|send|have)?\b.{0,30}\b(?:csv|spreadsheet)\b.{0,20}$|^\s*(?:export|download)\s+(?:it|that|this|them|the (?:result|data|rows|table))[\s?？。.!！]*$|^\s*(?:请)?(?:把(?:它|结果|这个|这些|数据))?(?:导出|下载|保存|输出)(?:为|成|到)?\s*(?:csv|表格|文件|excel)?.{0,6}$/i;
const grouped =
  /^\s*(?:by|per|each|every|grouped by|split by|broken down by)\s+[\p{L}_ ]{2,40}$|^\s*(?:按照?|每个?|各个?|分)\s*[\p{L}_]{1,12}$|^\s*(?:hourly|daily|weekly|monthly|quarterly|yearly)$/iu;
const dollars =
  /^(?:(?:how much is (?:that|it|this) |convert (?:it|that|this) |and |what is (?:that|it|this) )?(?:worth )?(?:in|to|into) (?:us )?(?:dollars|usd))$|^(?:(?:按|换成|折合成?|换算成?|以)?美[元金](?:计价?)?(?:是|有)?(?:多少)?|折合多少美[元金]|(?:值|合)多少(?:钱|美[元金]))$/i;
const ranked = /^\s*(?:the\s+)?(?:top|first|last)\s+\d{1,3}$|^\s*前\s*\d{1,3}\s*[名个位笔条]?$/i;
/** How rows were put together before, where that is asked for otherwise now. */
const groups =
  /\s*\b(?:by|per|for each|each|every)\s+(?:hours? of (?:the )?day|days? of (?:the )?week|weekday|hour|day|date|week|month|quarter|year)s?\b|\b(?:hourly|daily|weekly|monthly|quarterly|yearly)\b|(?:按照?|每个?|各个?)(?:星期几|周几|小时|天|日|周|星期|月|季度?|年)(?:的)?/gi;
const spokenTimes =
  /\b(?:in |during |over |for |of )?(?:the )?(?:this|last|past|previous|current)\s+(?:\d+\s+|\w+\s+)?(?:hour|day|week|month|quarter|year)s?\b|\b(?:today|yesterday|all time)\b|(?:本|这个?|上个?|上一个?|最近|过去|近)(?:的)?\s*[\d一二两三四五六七八九十]*\s*个?(?:小时|天|日|周|星期|月|季度?|年)|今天|昨天|今年|去年/gi;
const times = new Set<FoundKind>(['date', 'span', 'duration']);
const subjects = new Set<FoundKind>([
  'address',
  'ens-name',
  'hash',
  'token',
  'chain',
  'block',
  'from-block',
  'to-block',
  'table-name',
  'token-id',
]);
const own = new Set<FoundKind>([
  'address',
  'ens-name',
  'hash',
  'token',
  'table-name',
  'code',
  'document',
  'table',
  'json',
]);

/** `isSure`: it only makes sense as a part of what was asked before; `hasLead`: it says that it goes on from there. */
export type Continued = { text: string; isSure: boolean; hasLead: boolean };

function recognise(text: string, now: Date): Found[] {
  const blocks = recogniseBlocks(text);
  return [...blocks, ...recogniseWords(hide(text, blocks), 0, now)].sort((one, other) => one.start - other.start);
}

const groupOf = (kind: FoundKind) => (times.has(kind) ? 'time' : kind);
const isHan = (text: string) => /\p{Script=Han}/u.test(text);
const join = (before: string, more: string) => `${before.replace(/[\s?？。.!！,，]+$/, '')} ${more}`;

/** A wish for a chart as a part of a question: its kind, where one is said. */
function toChart(text: string): string {
  const kind = /\b(?:bar|line|area|pie|scatter)\b|柱状|折线|饼状?|面积|散点/i.exec(text)?.[0];
  return kind === undefined ? (isHan(text) ? '图表' : 'as a chart') : isHan(kind) ? `${kind}图` : `as a ${kind} chart`;
}

function dropTimes(text: string, found: Found[]): string {
  const ofTime = found.filter(({ kind }) => times.has(kind));
  return dropHidden(hide(text, ofTime))
    .replaceAll(spokenTimes, ' ')
    .replaceAll(
      /\b(?:in|during|over|for|of|from|on|between|since)(?:\s+the)?\s+(?=[?？。.!！]|$|\bon\b|\bfor\b|\bof\b)/gi,
      ' ',
    )
    .replaceAll(/\s{2,}/g, ' ');
}

/** The question with each named thing of one kind in the place of what stood there: "and of GRDN?", "上周呢？". */
function replaceThings(
  before: string,
  things: Found[],
  { now, hasTime, rest }: { now: Date; hasTime: boolean; rest: string },
) {
  let text = before;
  if (hasTime) text = join(dropTimes(text, recognise(text, now)), rest);
  for (const thing of hasTime ? [] : things) {
    const old = recognise(text, now).filter(({ kind }) => groupOf(kind) === groupOf(thing.kind));
    const [first] = old;
    text =
      first === undefined
        ? join(text, isHan(before) ? thing.text : `of ${thing.text}`)
        : `${text.slice(0, first.start)}${thing.text}${text.slice(first.end)}`;
  }
  return text;
}

/**
 * What a short message means that only adds to the question before it: another time, token or address, another grouping, a
 * chart, a file; or a question without a subject of its own, with that of before. Null where it stands for itself.
 */
export function continueRequest(request: string, before: string, now: Date): Continued | null {
  if (request.length > longestAddition || before === '' || request.includes('\n')) return null;
  const bare = request.replace(tail, '');
  const rest = bare.replace(lead, '').trim();
  const hasLead = rest !== bare.trim() || /呢[\s?？。.!！]*$/.test(request);
  if (rest === '') return null;
  if (chartWish.test(request) || chartWish.test(rest))
    return { text: join(before, toChart(rest)), isSure: true, hasLead };
  if (fileWish.test(rest)) return { text: join(before, rest), isSure: true, hasLead };
  if (dollars.test(rest)) return { text: join(before, rest), isSure: true, hasLead };
  if (grouped.test(rest) || ranked.test(rest))
    return { text: join(before.replaceAll(groups, ' '), rest), isSure: hasLead || ranked.test(rest), hasLead };
  const found = recognise(rest, now);
  const things = found.filter(({ kind }) => times.has(kind) || subjects.has(kind));
  const left = dropHidden(hide(rest, things)).replaceAll(spokenTimes, ' ').replaceAll(joining, ' ').trim();
  const isTime = things.some(({ kind }) => times.has(kind)) || rest.search(spokenTimes) !== -1;
  if (left === '' && (things.length > 0 || isTime))
    return { text: replaceThings(before, things, { now, hasTime: isTime, rest }), isSure: hasLead || isTime, hasLead };
  if (found.some(({ kind }) => own.has(kind))) return null;
  const old = recognise(before, now);
  const carried = old.filter(
    ({ kind, fault }) =>
      fault === undefined &&
      (subjects.has(kind) || (hasLead && times.has(kind))) &&
      !things.some((thing) => groupOf(thing.kind) === groupOf(kind)) &&
      !(isTime && times.has(kind)),
  );
  const named = [...new Set(carried.map(({ text }) => text))];
  if (!carried.some(({ kind }) => own.has(kind) || kind === 'block')) return null;
  return {
    text: `${rest}${isHan(rest) ? '，' : ' of '}${named.join(' ')}${isHan(rest) ? '？' : '?'}`,
    isSure: false,
    hasLead,
  };
}

/** What the newest of some earlier messages (newest first) was about, those that added to others put together with them. */
export function foldRequests(requests: string[], now: Date): string {
  return requests
    .slice(0, mostBefore)
    .toReversed()
    .reduce((before, request) => continueRequest(request, before, now)?.text ?? request, '');
}

import type { Ask } from './split-asks.ts';
import { dropHidden } from './found.ts';
import { compares } from './sql-conditions.ts';
import { readComparedUnit } from './sql-times.ts';

export type Measure = 'count' | 'sum' | 'avg' | 'min' | 'max' | 'median' | 'stddev' | 'distinct';
export type Unit = 'hour' | 'day' | 'week' | 'month' | 'quarter' | 'year';
/** What comes back again and again: the days of the week, the hours of the day. */
export type Cycle = 'weekday' | 'hour';

/** What an ask wants to know of a table, before it is known which columns it means. */
export type SqlWish = {
  measure: Measure | null;
  unit: Unit | null;
  cycle: Cycle | null;
  /** The text behind "by", "per", "按", which names what rows are put together by. */
  groupText: string;
  top: number | null;
  /** How many rows to show, where rows are wanted. */
  rows: number;
  isAscending: boolean;
  /** "Which region has the most …": the text behind "which". */
  whichText: string;
  /** What "top 5" or "share of" counts: the text behind it, up to "by". */
  subjectText: string;
  /** "best selling": what sold most, however its column is called. */
  isSelling: boolean;
  shape:
    | 'plain'
    | 'share'
    | 'running'
    | 'moving'
    | 'change'
    /** A period set against the one before it, or months that are named. */
    | 'compared'
    /** Whom or what the rows tell of for the first time. */
    | 'new'
    /** How many different ones there were. */
    | 'active'
    | 'rows'
    | 'latest'
    | 'values'
    | 'empty'
    | 'duplicates'
    | 'correlation';
  /** Of a moving average: how many periods. */
  window: number;
  /** Whether figures are set against what groups have together: "more than 100 in total". */
  isOfTotals: boolean;
  /** Whether only what went from holder to holder counts, no mint and no burn. */
  isOfHolders: boolean;
  /** "New customers", "active addresses": the text that names who is counted. */
  whoText: string;
};

const measures: [Measure, RegExp][] = [
  [
    'distinct',
    /\bhow many (?:different|distinct|unique)\b|\b(?:number|count) of (?:different|distinct|unique)\b|\b(?:distinct|unique) count\b|多少(?:种|个)?不同|不同的?\S{0,6}(?:数量|个数|有多少)|几种/i,
  ],
  ['median', /\bmedian\b|中位数/i],
  ['stddev', /\b(?:standard deviation|std ?dev|volatility)\b|标准差/i],
  ['avg', /\b(?:average|mean|avg)\b|平均|均值/i],
  [
    'sum',
    /\b(?:total|sum|totals|altogether|overall|volume|how much)\b|合计|总计|总和|总额|总量|总共|一共|交易量|成交量|转账[量额]|流量|总(?=\S{0,4}(?:额|量|数|金|收|销|价|费))|求和|加起来/i,
  ],
  [
    'count',
    /\b(?:how many|number of|count|how often)\b|多少(?:条|笔|个|行|次|张|位|名)|几(?:条|笔|个|行|次)|(?:条|笔|行|次|个)数|记录数|计数|统计(?:转账|交易|兑换|订单)/i,
  ],
  ['max', /\b(?:max(?:imum)?|largest|highest|biggest|greatest|latest|newest|most recent)\b|最大|最高|最新|最晚/i],
  ['min', /\b(?:min(?:imum)?|smallest|lowest|least|earliest|oldest|first)\b|最小|最低|最早/i],
];
const units: [Unit, RegExp][] = [
  ['hour', /\b(?:by|per|each|every|an)\s+hour\b|\bhourly\b|(?:按|每|各)个?小时/i],
  ['day', /\b(?:by|per|each|every|a)\s+(?:day|date)\b|\bdaily\b|(?:按|每|各)(?:一)?(?:天|日)|逐日/i],
  ['week', /\b(?:by|per|each|every|a)\s+week\b|\bweekly\b|(?:按|每|各)个?(?:周|星期)|逐周/i],
  ['month', /\b(?:by|per|each|every|a)\s+month\b|\bmonthly\b|(?:按|每|各)个?月|逐月|月度/i],
  ['quarter', /\b(?:by|per|each|every|a)\s+quarter\b|\bquarterly\b|(?:按|每|各)个?季度?/i],
  ['year', /\b(?:by|per|each|every|a)\s+year\b|\b(?:yearly|annual(?:ly)?)\b|(?:按|每|各)年|年度|逐年/i],
];
const cycles: [Cycle, RegExp][] = [
  ['weekday', /(?<!\b(?:on|only|during) )\bweek ?days?\b|\bdays? of (?:the |a )?week\b|星期几|周几|礼拜几/i],
  [
    'hour',
    /\b(?:hours?|times?) of (?:the |a )?day\b|几点钟?|(?:哪个|什么|各个?|按)时段|(?:一天|每天|当天|全天|一日)(?:中|里|之中|内)?的?(?:哪个|各个?|每个?|几个)?小时/i,
  ],
];
const firsts =
  /\bnew\s+((?:[\p{L}_]+\s+){0,2}?(?:address(?:es)?|wallets?|accounts?|users?|senders?|receivers?|recipients?|traders?|holders?|customers?|clients?|people))\b|\b((?:address(?:es)?|wallets?|accounts?|users?|senders?|receivers?|traders?|customers?))\b.{0,20}\b(?:for the first time|first seen|newly seen)|新增(?:了)?(?:多少|几)?个?(?:的)?\s*([\p{Script=Han}]{0,6})|新的?(地址|钱包|账户|用户|发送[方者]|接收[方者]|客户|交易者)|首次(?:出现|活跃)的?([\p{Script=Han}]{0,6})/iu;
const actives =
  /(?<!\b(?:most|least)\s+)\bactive\s+(address(?:es)?|wallets?|accounts?|users?|senders?|receivers?|traders?|customers?)\b|(?<!最)活跃的?(地址|钱包|账户|用户|发送[方者]|接收[方者]|客户)|\b(?:unique|distinct|different)\s+(address(?:es)?|wallets?|users?)\b/iu;
const groupLead =
  /\b(?:by|per|for each|in each|for every|in every|each|grouped by|group by|broken down by|split by|across)\s+(?!the\s+(?:end|way))([\p{L}_][\p{L}\d_ ]{0,60})|(?:按照?|每个?|各个?|分)\s*([\p{L}\d_]{1,24})/giu;
const whichLead =
  /\b(?:which|what)\s+([\p{L}_][\p{L}\d_ ]{0,40}?)\s+(?:has|have|had|is|are|was|were|did|does|sold|made|sent|received|got|spent|with|brought)\b|哪(?:个|些|一个|一|家|天|位|种)?\s*([\p{L}\d_]{0,12})/iu;
const busy =
  /\b(?:busiest|quietest|(?:most|least) (?:active|frequent(?:ly)?|common|popular))\b|最(?:忙|活跃|频繁|热闹|热门|冷清)/i;
const selling =
  /\b(?:best|top|most|worst)[- ]?(?:sell(?:ing|ers?)|sold)\b|\b(?:sell|sells|sold|earn(?:ed|s)?)\b|卖(?:得|了|出|掉)|畅销|销量|售出|赚了/i;
const periodLead =
  /\b(?:busiest|quietest|best|worst|most active|slowest|strongest|weakest)\s+(hours? of (?:the )?day|days? of the week|weekday|hour|day|week|month|quarter|year)\b|最(?:忙|活跃|频繁|热闹|好|差|冷清|高|多|低|少)的?(?:一|那)?(小时|天|周|个?月|季度?|年)/iu;
const latest =
  /\b(?:last|latest|newest|most recent)\s+(\d{1,3})\s+(?!(?:second|minute|hour|day|week|month|quarter|year)s?\b)[\p{L}_]+|最(?:新|近)的?\s*(\d{1,3})\s*(?:个(?!月|小时|季)|条|笔|行|次|张|位)/iu;
const totals =
  /\b(?:in total|in all|in sum|altogether|overall|combined|all together)\b|总共|合计|一共|累计|共计|加起来|总计|总和/i;
const extreme =
  /\b(?:busiest|quietest|most|highest|largest|biggest|greatest|best|lowest|least|smallest|fewest|worst)\b|最[多高大低少小好差忙活频热]/i;

/** A text without "at least" and "at most", which rank nothing. */
export const dropBounds = (text: string): string => text.replaceAll(/\b(?:at|no) (?:least|most|less|more)\b/gi, ' ');

/** Whether a bound is of what everybody has together, and not of single rows. */
export const boundsTotals = (text: string): boolean => totals.test(text) && compares(text);

/** Reads what is wanted of a table, or null when nothing in the ask speaks of one. */
export function readSqlWish(ask: Ask): SqlWish | null {
  const text = dropHidden(ask.words);
  const shape = toShape(text, ask);
  const measured =
    shape === 'moving' ? text.replaceAll(/(?:moving|rolling) (?:average|mean)|(?:移动|滚动)平均/gi, ' ') : text;
  const isBusy = busy.test(text);
  const measure = isBusy ? 'count' : (measures.find(([, pattern]) => pattern.test(measured))?.[0] ?? null);
  const isSelling = selling.test(text);
  const cycle = cycles.find(([, pattern]) => pattern.test(text))?.[0] ?? null;
  const named = cycle === null ? (units.find(([, pattern]) => pattern.test(text))?.[0] ?? null) : null;
  const unit = named ?? (shape === 'compared' ? (readComparedUnit(text) ?? 'month') : null);
  const groupText = [...text.matchAll(groupLead)].map(([, english, chinese]) => english ?? chinese ?? '').join(' ; ');
  const which = whichLead.exec(text);
  const top = ask.found.find(({ kind }) => kind === 'top');
  const ranking = dropBounds(text);
  const wantsExtreme = extreme.test(ranking) || isBusy;
  const period = periodLead.exec(text);
  const isOfTotals = boundsTotals(text);
  const whichText =
    which !== null && (wantsExtreme || isOfTotals) ? (which[1] ?? which[2] ?? '') : (period?.[1] ?? period?.[2] ?? '');
  const newest = latest.exec(ask.words);
  // Who names a table and asks nothing of it wants to see it.
  const namesTable = ask.found.some(
    ({ kind, value }) => kind === 'table-name' && typeof value === 'string' && value.includes('.'),
  );
  if (
    measure === null &&
    unit === null &&
    cycle === null &&
    groupText === '' &&
    top === undefined &&
    shape === 'plain' &&
    newest === null &&
    !isSelling &&
    !namesTable &&
    whichText === ''
  )
    return null;
  const asksNothing =
    measure === null &&
    unit === null &&
    cycle === null &&
    groupText === '' &&
    top === undefined &&
    whichText === '' &&
    !isSelling;
  return {
    measure,
    unit,
    cycle,
    groupText,
    whichText,
    subjectText: toSubject(text, top?.after ?? ''),
    top: top === undefined ? null : Number(top.value),
    rows: Math.min(
      200,
      Number(newest?.[1] ?? newest?.[2] ?? /(\d{1,3})\s*(?:rows?|records?|entries|lines|行|条)/i.exec(text)?.[1] ?? 10),
    ),
    isSelling,
    isOfTotals,
    isOfHolders: false,
    whoText: (firsts.exec(text) ?? actives.exec(text))?.slice(1).find(Boolean) ?? '',
    isAscending:
      /\b(?:quietest|slowest|weakest|lowest|least|smallest|fewest|worst|bottom|oldest|earliest)\b|最[低少小差早]|倒数/i.test(
        ranking,
      ),
    shape: shape === 'plain' && (newest !== null || asksNothing) ? 'latest' : shape,
    window: Number(
      /\b(\d{1,3})[- ](?:day|week|month|period)\b|(\d{1,3})\s*(?:日|天|周|个?月|期)/i
        .exec(text)
        ?.slice(1)
        .find(Boolean) ?? 7,
    ),
  };
}

function toSubject(text: string, afterTop: string): string {
  const share =
    /\b(?:share|percentage|proportion|percent|fraction) of (?:the )?([\p{L}_ ]{1,40})|([\p{L}]{1,10})(?:的)?(?:占比|份额|比例)/iu.exec(
      text,
    );
  const sold =
    /\b(?:best|top|most|worst)[- ]?(?:sell(?:ing|ers?)|sold)\s+([\p{L}_ ]{1,40})|(?:卖得|畅销|销量)最?\S{0,3}的\s*([\p{L}]{1,10})/iu.exec(
      text,
    );
  const behind = share?.[1] ?? share?.[2] ?? sold?.[1] ?? sold?.[2] ?? afterTop;
  return behind.split(/\b(?:by|with|per)\b|按/i, 1)[0] ?? '';
}

function toShape(text: string, { found }: Ask): SqlWish['shape'] {
  if (firsts.test(text)) return 'new';
  if (actives.test(text)) return 'active';
  if (readComparedUnit(text) !== null) return 'compared';
  if (
    /\bcompar\w+|\bversus\b|\bvs\b|比较|对比|相比/i.test(text) &&
    found.filter(({ kind }) => kind === 'span').length > 1
  )
    return 'compared';
  if (/\bcorrelat\w+\b|相关(?:性|系数)/i.test(text)) return 'correlation';
  if (/\bduplicates?\b|\bduplicated\b|重复/i.test(text)) return 'duplicates';
  if (/\b(?:missing|empty|null|blank)\b|缺失|空值|为空/i.test(text)) return 'empty';
  if (/\b(?:moving|rolling) (?:average|mean)\b|移动平均|滚动平均/i.test(text)) return 'moving';
  if (/\b(?:running|cumulative|accumulated|cumulatively)\b|累计|累积/i.test(text)) return 'running';
  if (
    /\b(?:share|percentage|percent|proportion|fraction) of\b|\bshares?\b|\bwhat (?:percent|percentage|fraction|proportion)\b|占比|占(?:了)?多少|占.{0,12}(?:几成|多大)|比例|比率|百分比|百分之几|份额/i.test(
      text,
    )
  )
    return 'share';
  if (
    /\b(?:growth|change|increase|decrease|month over month|week over week|day over day|year over year)\b|环比|同比|增长|变化/i.test(
      text,
    )
  )
    return 'change';
  if (
    /\b(?:show|list|give)\b.{0,30}\b(?:rows?|records?|entries|lines)\b|\b(?:first|last|sample) (?:\d+ )?rows?\b|(?:显示|列出|查看).{0,12}(?:行|记录|数据|明细)|前\s*\d+\s*行/i.test(
      text,
    )
  )
    return 'rows';
  if (
    /\b(?:which|what) (?:different |distinct )?[\p{L}_]+ (?:are there|exist|occur)\b|\b(?:list|show) (?:all )?(?:the )?(?:different|distinct|unique)\b|有哪些|有几种|去重/iu.test(
      text,
    )
  )
    return 'values';
  return 'plain';
}

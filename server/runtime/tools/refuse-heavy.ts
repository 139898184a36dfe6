import type { QueryCost } from '#server/contract/query-cost.ts';
import { HubError } from '#server/hub-error.ts';

/** What a query of an agent may cost before a person is asked. */
const most = { rows: 200_000_000, bytes: 20_000_000_000, seconds: 60 };

const showCount = (count: number) => Math.round(count).toLocaleString('en-US');
const showBytes = (bytes: number) =>
  bytes < 1_000_000_000 ? `${showCount(bytes / 1_000_000)} MB` : `${showCount(bytes / 1_000_000_000)} GB`;
const showSeconds = (seconds: number, unit: { one: string; many: string }) =>
  seconds < 120 ? `${showCount(Math.max(1, seconds))} ${unit.one}` : `${showCount(seconds / 60)} ${unit.many}`;

/** Refuses a query that would cost too much, and says what to narrow. @throws {HubError} `validation_failed` */
export function refuseHeavy({ rows, bytes, seconds, wholeTables }: QueryCost): void {
  if (rows <= most.rows && bytes <= most.bytes && seconds <= most.seconds) return;
  const whole = wholeTables.map(({ name, rows: all, time }) => `${name} (${showCount(all)} rows) by ${time}`);
  const wholeChinese = wholeTables.map(
    ({ name, rows: all, time }) => `按 ${time} 筛选 ${name}（${showCount(all)} 行）`,
  );
  throw new HubError('validation_failed', {
    en: `This query was not run: it would work on about ${showCount(rows)} rows, read ${showBytes(bytes)} and take ${showSeconds(seconds, { one: 's', many: 'minutes' })}; ${showCount(most.rows)} rows, ${showBytes(most.bytes)} and ${most.seconds} s are allowed without asking. ${whole.length === 0 ? 'Filter by time, join on a key, or aggregate first.' : `Filter ${whole.join(' and ')}, join on a key, or aggregate first.`} If it must be so, run it with "heavy": the person is asked before it runs.`,
    zh: `没有运行这条查询：它大约要处理 ${showCount(rows)} 行，读取 ${showBytes(bytes)}，耗时约 ${showSeconds(seconds, { one: '秒', many: '分钟' })}；未经询问最多 ${showCount(most.rows)} 行、${showBytes(most.bytes)}、${most.seconds} 秒。请${wholeChinese.length === 0 ? '按时间筛选' : wholeChinese.join('、')}、用键连接，或先聚合。如确有必要，请带上“heavy”运行，运行前会先询问用户。`,
  });
}

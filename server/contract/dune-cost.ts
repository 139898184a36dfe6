import { getDecimal, multiplyDecimals, showDecimal } from './exact-decimal.ts';
import type { LocalizedText } from './localized-text.ts';

/** What running queries at Dune by a rhythm costs in 30 days; null: nobody can tell. */
export type DuneCost = { runsAMonth: number | null; creditsEach: string | null; creditsAMonth: string | null };

const minutesAMonth = 30 * 24 * 60;

/** How often something that is run every so many minutes is run in 30 days. Pure. */
export const countRunsEvery = (minutes: number): number => Math.floor(minutesAMonth / Math.max(1, minutes));

/** @param creditsEach - what Dune charged last time, as a decimal; null: not known */
export function toDuneCost(runsAMonth: number | null, creditsEach: string | null): DuneCost {
  const creditsAMonth =
    runsAMonth === null || creditsEach === null
      ? null
      : showDecimal(multiplyDecimals(getDecimal(creditsEach), { units: BigInt(runsAMonth), scale: 0 }));
  return { runsAMonth, creditsEach, creditsAMonth };
}

/** What somebody should know before queries run at Dune by themselves. Pure. */
export function describeDuneCost({ runsAMonth, creditsEach, creditsAMonth }: DuneCost): LocalizedText {
  if (runsAMonth === null)
    return {
      en: `It runs at Dune by a schedule and spends your credits each time${creditsEach === null ? '' : `: ${creditsEach} the last time`}.`,
      zh: `它会按计划在 Dune 运行，每次都会消耗您的额度${creditsEach === null ? '' : `：上次为 ${creditsEach}`}。`,
    };
  const [times, timesZh] = [`about ${runsAMonth} times a month`, `每月约 ${runsAMonth} 次`];
  if (creditsEach === null || creditsAMonth === null)
    return {
      en: `It runs at Dune ${times} and spends your credits each time; how many is known after the first run.`,
      zh: `它会在 Dune 运行，${timesZh}，每次都会消耗您的额度；首次运行后才知道具体数量。`,
    };
  return {
    en: `It runs at Dune ${times}. At ${creditsEach} credits, as the last time, that is about ${creditsAMonth} credits a month.`,
    zh: `它会在 Dune 运行，${timesZh}。按上次的 ${creditsEach} 额度计算，每月约 ${creditsAMonth} 额度。`,
  };
}

import type { Actor } from '#server/contract/actor.ts';
import type { AlertFacts, AlertPreview, AlertWatch } from '#server/contract/alert.ts';
import { inBothLanguages } from '#server/contract/chain-words.ts';
import { describeWatch } from '#server/contract/describe-alert.ts';
import { changeOfAnyRow, recoveryAmiss } from './alert-errors.ts';
import type { AlertPorts } from './alert-ports.ts';
import { fitsRecovery, holds, isOfChange } from './judge-figure.ts';
import { type Figure, readChainFigure, readQueryFigure, toFigureFacts } from './look-at-figure.ts';
import { type HappeningWatch, toHappeningFacts, toWish } from './look-at-happenings.ts';

const lookBackBlocks = 2_000n;
const fewBlocks = 20n;
const mostShown = 5;

/** @throws {HubError} `validation_failed`, for a condition that cannot be judged */
export function checkWatch(watch: AlertWatch): void {
  if (!('condition' in watch)) return;
  if (!fitsRecovery(watch.condition)) throw recoveryAmiss();
  if (watch.kind === 'query' && watch.figure.of === 'any-row' && isOfChange(watch.condition)) throw changeOfAnyRow();
}

/** What an alert would see now, of one that is not made yet or is tried. */
export function createPreviewer(ports: AlertPorts) {
  async function lookBack(watch: HappeningWatch, signal: AbortSignal): Promise<AlertPreview> {
    const { chain } = watch;
    const { head, warnings } = await ports.chains.read('position', {
      chain,
      confirmations: 0,
      checkpoints: [],
      signal,
    });
    const last = BigInt(head.number);
    const read = async (blocks: bigint) => {
      const first = last < blocks ? 0n : last - blocks + 1n;
      const range = { fromBlock: first.toString(), toBlock: head.number };
      return { range, ...(await ports.chains.read('happenings', { chain, wish: toWish(watch), ...range, signal })) };
    };
    const far = await read(lookBackBlocks);
    // More than one look reads: the newest are what somebody wants to see.
    const { happenings, name, through, range } = far.through.number === head.number ? far : await read(fewBlocks);
    const shown = happenings.slice(-mostShown).reverse();
    return {
      summary: describeWatch(watch, { chain: head.chain }),
      value: null,
      unit: null,
      isMet: null,
      head: head.number,
      recent: {
        count: happenings.length,
        fromBlock: range.fromBlock,
        toBlock: through.number,
        facts: shown.map((happening) => toHappeningFacts(watch, name, happening)),
      },
      facts: null,
      warnings: warnings.map(inBothLanguages),
    };
  }

  async function readFigure(actor: Actor, watch: Exclude<AlertWatch, HappeningWatch>, signal: AbortSignal) {
    if (watch.kind === 'query')
      return { figure: await readQueryFigure(ports, actor, watch, signal), head: null, warnings: [] };
    const { chain, confirmations } = watch;
    const { confirmed, warnings } = await ports.chains.read('position', {
      chain,
      confirmations,
      checkpoints: [],
      signal,
    });
    return {
      figure: confirmed === null ? null : await readChainFigure(ports, watch, confirmed, signal),
      head: confirmed?.number ?? null,
      warnings: warnings.map(inBothLanguages),
    };
  }

  function toFacts(watch: Exclude<AlertWatch, HappeningWatch>, figure: Figure | null): AlertFacts | null {
    return figure === null ? null : toFigureFacts(watch, figure, { previous: null, isTold: false });
  }

  /** @throws {HubError} `validation_failed`, `not_found`, `unavailable` … as what is read says */
  return async (actor: Actor, watch: AlertWatch, signal: AbortSignal): Promise<AlertPreview> => {
    checkWatch(watch);
    if (watch.kind === 'event' || watch.kind === 'transfer') return lookBack(watch, signal);
    const { figure, head, warnings } = await readFigure(actor, watch, signal);
    return {
      summary: describeWatch(watch, figure?.names ?? {}),
      value: figure?.text ?? null,
      unit: figure?.unit ?? null,
      isMet: figure === null || isOfChange(watch.condition) ? null : holds(watch.condition, figure.value, null),
      head,
      recent: null,
      facts: toFacts(watch, figure),
      warnings,
    };
  };
}
export type PreviewAlert = ReturnType<typeof createPreviewer>;

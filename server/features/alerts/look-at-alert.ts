import { v7 } from 'uuid';
import type { Actor } from '#server/contract/actor.ts';
import type { AlertFacts, AlertState, WatchOf } from '#server/contract/alert.ts';
import type { ChainPosition } from '#server/contract/chain-happenings.ts';
import { inBothLanguages } from '#server/contract/chain-words.ts';
import { findNextTime } from '#server/schedule-times.ts';
import type { AlertFiringRepository } from './alert-firing-repository.ts';
import type { AlertPorts } from './alert-ports.ts';
import type { AlertRecord } from './alert-record.ts';
import type { LookOutcome, NewDelivery, NewFiring } from './alert-repository.ts';
import { judgeFigure } from './judge-figure.ts';
import { type Figure, type FigureWatch, readChainFigure, readQueryFigure, toFigureFacts } from './look-at-figure.ts';
import { type HappeningWatch, toHappeningFacts, toHappeningKey, toWish } from './look-at-happenings.ts';

/** How often chains are looked at. */
export const lookEveryMs = 15_000;
const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;
/** Blocks that are read in one look; after a longer absence one look follows the other. */
const mostBlocks = 2_000n;
const mostCheckpoints = 48;
const mostRecalled = 200;

type ChainWatch = Exclude<AlertRecord['watch'], WatchOf<'query'>>;
type Place = { number: string; hash: string };
type Told = { key: string; facts: AlertFacts; place: NewFiring['place'] };

/** When a query is run next. */
export function findNextLook(watch: AlertRecord['watch'], after: Date): Date | null {
  if (watch.kind !== 'query') return new Date(after.getTime() + lookEveryMs);
  const { rhythm } = watch;
  return 'cron' in rhythm ? findNextTime(rhythm, after) : new Date(after.getTime() + rhythm.everyMinutes * minuteMs);
}

/** How a firing, or its withdrawal, is told. */
export const toDeliveries = (
  { webhookUrl, agent, agentDoes }: Pick<AlertRecord, 'webhookUrl' | 'agent' | 'agentDoes'>,
  event: NewDelivery['event'],
): NewDelivery[] => [
  ...(webhookUrl === null ? [] : [{ id: v7(), way: 'webhook' as const, event }]),
  ...(agent === null ? [] : [{ id: v7(), way: agentDoes, event }]),
];

/** Looks at what alerts watch, and says what came of it; nothing is stored here. */
export function createLooker({
  firings,
  ports,
}: {
  firings: Pick<AlertFiringRepository, 'countTold' | 'listPlaced'>;
  ports: AlertPorts;
}) {
  const isCool = ({ coolDownMinutes, state }: AlertRecord) =>
    state.firedAt !== null && ports.now().getTime() - Date.parse(state.firedAt) < coolDownMinutes * minuteMs;

  /** How often it may still tell something today. */
  const countLeft = async ({ id, mostPerDay }: AlertRecord) =>
    mostPerDay - (await firings.countTold(id, new Date(ports.now().getTime() - dayMs)));

  const toFiring = (alert: AlertRecord, { key, facts, place }: Told, isQuiet: boolean): NewFiring => ({
    id: v7(),
    key,
    cause: 'watch',
    isQuiet,
    facts,
    place,
    deliveries: isQuiet ? [] : toDeliveries(alert, 'alert.fired'),
  });

  /** What an alert with a figure makes of it. While it may not tell, nothing is judged: what holds then still is told later. */
  async function judge(alert: AlertRecord, watch: FigureWatch, figure: Figure, state: AlertState) {
    const judged = judgeFigure(watch.condition, figure.value, state, figure.text);
    const seen = { ...state, value: figure.text, unit: figure.unit };
    if (judged.fires && (isCool(alert) || (await countLeft(alert)) <= 0)) return { state: seen, told: null };
    const told: Told | null = judged.fires
      ? {
          key: figure.key,
          facts: toFigureFacts(watch, figure, { previous: state.value, isTold: true }),
          place: figure.facts.block,
        }
      : null;
    return { state: { ...seen, isMet: judged.isMet, base: judged.base }, told };
  }

  async function lookAtQuery(alert: AlertRecord, watch: WatchOf<'query'>, actor: Actor, signal: AbortSignal) {
    const figure = await readQueryFigure(ports, actor, watch, signal);
    const nextAt = findNextLook(watch, ports.now());
    if (figure === null) {
      return { state: { ...alert.state, value: null, unit: null, isMet: false }, nextAt, firings: [], withdrawn: [] };
    }
    const { state, told } = await judge(alert, watch, figure, alert.state);
    return { ...(await toOutcome(alert, state, told === null ? [] : [told])), nextAt };
  }

  async function toOutcome(alert: AlertRecord, state: AlertState, told: Told[]) {
    const at = ports.now();
    let coolUntil = isCool(alert) ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY;
    let firedAt = state.firedAt;
    let left = told.length === 0 ? 0 : await countLeft(alert);
    const made = told.map((one) => {
      const isQuiet = left <= 0 || coolUntil > at.getTime();
      if (!isQuiet) {
        left -= 1;
        firedAt = at.toISOString();
        coolUntil = at.getTime() + alert.coolDownMinutes * minuteMs;
      }
      return toFiring(alert, one, isQuiet);
    });
    return { state: { ...state, firedAt }, firings: made, withdrawn: [] as LookOutcome['withdrawn'] };
  }

  const readPosition = (
    { chain, confirmations }: ChainWatch,
    checkpoints: Place[],
    places: Place[],
    signal: AbortSignal,
  ) => ports.chains.read('position', { chain, confirmations, checkpoints, places, signal });

  /** Goes back to where the chain is still the same, and finds what was told of blocks that are gone. */
  async function goBack(alert: AlertRecord, watch: ChainWatch, position: ChainPosition, signal: AbortSignal) {
    const { state } = alert;
    const oldest = state.checkpoints.at(-1)?.number ?? '0';
    const place = position.ancestor?.number ?? (BigInt(oldest) > 0n ? (BigInt(oldest) - 1n).toString() : '0');
    const kept = state.checkpoints.filter(
      ({ number }) => position.ancestor !== null && BigInt(number) <= BigInt(place),
    );
    const placed = await firings.listPlaced(alert.id, place, mostRecalled);
    const { gone } = await readPosition(
      watch,
      [],
      placed.map((one) => one.place),
      signal,
    );
    const withdrawn = placed
      .filter((one) => gone.includes(one.place.hash))
      .map(({ id, isQuiet }) => ({ id, deliveries: isQuiet ? [] : toDeliveries(alert, 'alert.withdrawn') }));
    const cursor = state.cursor === null || BigInt(state.cursor) < BigInt(place) ? state.cursor : place;
    return {
      withdrawn,
      state: {
        ...state,
        cursor,
        checkpoints: kept,
        // What was told is taken back: the figure is judged as if it had not been.
        ...(withdrawn.length === 0 ? {} : { isMet: false, firedAt: null }),
        ...kept[0]?.figure,
      },
    };
  }

  async function lookAtChain(alert: AlertRecord, watch: ChainWatch, signal: AbortSignal): Promise<LookOutcome> {
    const position = await readPosition(watch, alert.state.checkpoints, [], signal);
    const back = position.isReorganised
      ? await goBack(alert, watch, position, signal)
      : { state: alert.state, withdrawn: [] };
    const current = { ...alert, state: back.state };
    const outcome =
      watch.kind === 'event' || watch.kind === 'transfer'
        ? await followHappenings(current, watch, position, signal)
        : await followFigure(current, watch, position, signal);
    const warnings = position.warnings.map(inBothLanguages);
    return {
      state: { ...outcome.state, warnings },
      nextAt: outcome.nextAt,
      firings: outcome.firings.map((firing) => ({ ...firing, facts: { ...firing.facts, warnings } })),
      withdrawn: back.withdrawn,
    };
  }

  async function followFigure(
    alert: AlertRecord,
    watch: WatchOf<'balance'> | WatchOf<'price'>,
    { confirmed }: ChainPosition,
    signal: AbortSignal,
  ): Promise<LookOutcome> {
    const nextAt = findNextLook(watch, ports.now());
    const { state } = alert;
    const isOld = confirmed === null || (state.cursor !== null && BigInt(confirmed.number) < BigInt(state.cursor));
    const isSame = confirmed !== null && state.checkpoints[0]?.hash === confirmed.hash;
    if (isOld || isSame) return { state, nextAt, firings: [], withdrawn: [] };
    const figure = await readChainFigure(ports, watch, confirmed, signal);
    const judged = await judge(alert, watch, figure, state);
    const next = {
      ...judged.state,
      cursor: confirmed.number,
      checkpoints: addCheckpoint(state.checkpoints, confirmed, toJudged(judged.state)),
    };
    return { ...(await toOutcome(alert, next, judged.told === null ? [] : [judged.told])), nextAt };
  }

  async function followHappenings(
    alert: AlertRecord,
    watch: HappeningWatch,
    { head, confirmed }: ChainPosition,
    signal: AbortSignal,
  ): Promise<LookOutcome> {
    const nextAt = findNextLook(watch, ports.now());
    const { state } = alert;
    if (state.cursor === null) {
      return { state: { ...state, cursor: toStart(watch, head.number) }, nextAt, firings: [], withdrawn: [] };
    }
    const from = BigInt(state.cursor) + 1n;
    if (confirmed === null || from > BigInt(confirmed.number)) return { state, nextAt, firings: [], withdrawn: [] };
    const last = BigInt(confirmed.number);
    const to = last - from >= mostBlocks ? from + mostBlocks - 1n : last;
    const { happenings, name, through } = await ports.chains.read('happenings', {
      chain: watch.chain,
      wish: toWish(watch),
      fromBlock: from.toString(),
      toBlock: to.toString(),
      signal,
    });
    const told = happenings.map((happening): Told => ({
      key: toHappeningKey(happening),
      facts: toHappeningFacts(watch, name, happening),
      place: happening.block,
    }));
    const next = { ...state, cursor: through.number, checkpoints: addCheckpoint(state.checkpoints, through) };
    const isBehind = BigInt(through.number) < last;
    return { ...(await toOutcome(alert, next, told)), nextAt: isBehind ? ports.now() : nextAt };
  }

  return async (alert: AlertRecord, actor: Actor, signal: AbortSignal): Promise<LookOutcome> => {
    const { watch } = alert;
    const outcome =
      watch.kind === 'query' ? await lookAtQuery(alert, watch, actor, signal) : await lookAtChain(alert, watch, signal);
    return { ...outcome, state: { ...outcome.state, fault: null } };
  };
}
export type LookAtAlert = ReturnType<typeof createLooker>;

/** The block before the first that counts. */
export const toStart = ({ fromBlock }: HappeningWatch, head: string): string =>
  fromBlock === null ? head : fromBlock === 0 ? '0' : String(fromBlock - 1);

const toJudged = ({ value, isMet, base }: AlertState) => ({ value, isMet, base });

function addCheckpoint(
  kept: AlertState['checkpoints'],
  { number, hash }: Place,
  figure: AlertState['checkpoints'][number]['figure'] = null,
) {
  return [{ number, hash, figure }, ...kept.filter((one) => one.number !== number)].slice(0, mostCheckpoints);
}

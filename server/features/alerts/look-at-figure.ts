import type { Actor } from '#server/contract/actor.ts';
import type { AlertFacts, AlertWatch, WatchOf } from '#server/contract/alert.ts';
import type { ChainBlock } from '#server/contract/chain-readings.ts';
import { describeCondition, describeSubject } from '#server/contract/describe-alert.ts';
import { type ExactDecimal, parseDecimal, showDecimal } from '#server/contract/exact-decimal.ts';
import { toSqlFaultWords } from '#server/contract/sql-fault-words.ts';
import { figureMissing, noFreshPrice, noResult, notNumeric, queryFailed, readOfTwoBranches } from './alert-errors.ts';
import type { AlertPorts } from './alert-ports.ts';
import { holds } from './judge-figure.ts';

export type FigureWatch = Exclude<AlertWatch, WatchOf<'event'> | WatchOf<'transfer'>>;

/** A figure as it was read, with what people and other software should know of it. */
export type Figure = {
  value: ExactDecimal;
  text: string;
  unit: string | null;
  /** What the figure is of, so that the same is told once. */
  key: string;
  names: { chain?: string; query?: string };
  facts: Pick<AlertFacts, 'fields' | 'block' | 'explorerUrl' | 'execution'>;
};

const toText = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value ?? null)).slice(0, 500);

function getFigure(value: unknown, column: string): ExactDecimal {
  const found = parseDecimal(value);
  if (found === null) throw notNumeric(column);
  return found;
}

const toFigureText = (value: ExactDecimal) => showDecimal(value);

/** Reads the figure of a query. @throws {HubError} as the query does, and `validation_failed` where it is no number */
export async function readQueryFigure(
  ports: Pick<AlertPorts, 'getQuery' | 'runQuery'>,
  actor: Actor,
  watch: WatchOf<'query'>,
  signal: AbortSignal,
): Promise<Figure | null> {
  const { name } = await ports.getQuery(actor, watch.query);
  const { execution, page } = await ports.runQuery(actor, watch, signal);
  if (execution.fault !== null) throw queryFailed(toSqlFaultWords(execution.fault));
  if (page === null) throw noResult();
  const base = { unit: null, key: `execution:${execution.id}`, names: { query: name } };
  const placeless = { block: null, explorerUrl: null, execution: execution.id };
  if (watch.figure.of === 'row-count') {
    const value = { units: BigInt(execution.rows), scale: 0 };
    return { ...base, value, text: toFigureText(value), facts: { ...placeless, fields: [] } };
  }
  const { of, column } = watch.figure;
  const place = page.columns.findIndex((one) => one.name === column);
  if (place < 0) throw figureMissing(column, page.columns.map((one) => one.name).slice(0, 40));
  const rows = page.rows.filter((row) => row[place] !== null);
  const hit =
    of === 'any-row'
      ? (rows.find((row) => holds(watch.condition, getFigure(row[place], column), null)) ?? rows[0])
      : page.rows[0]?.[place] === null
        ? undefined
        : page.rows[0];
  if (hit === undefined) return null;
  const value = getFigure(hit[place], column);
  const fields = page.columns.slice(0, 20).map((one, index) => ({ name: one.name, value: toText(hit[index]) }));
  return { ...base, value, text: toFigureText(value), facts: { ...placeless, fields } };
}

/** Reads a balance or a price at a block. @throws {HubError} `unavailable`, where that block is another by now */
export async function readChainFigure(
  { chains }: Pick<AlertPorts, 'chains'>,
  watch: WatchOf<'balance'> | WatchOf<'price'>,
  at: ChainBlock,
  signal: AbortSignal,
): Promise<Figure> {
  const place = { chain: watch.chain, block: Number(at.number), signal };
  const key = `figure:${at.chainId}:${at.hash}`;
  if (watch.kind === 'balance') {
    const { amount, block, explorerUrl, address } = await chains.read('balance', {
      ...place,
      address: watch.address,
      token: watch.token,
    });
    if (block.hash !== at.hash) throw readOfTwoBranches();
    return {
      value: getFigure(amount.formatted, 'balance'),
      text: amount.formatted,
      unit: amount.symbol,
      key,
      names: { chain: at.chain },
      facts: { fields: [{ name: 'address', value: address }], block, explorerUrl, execution: null },
    };
  }
  const { best, block, asset } = await chains.read('price', {
    ...place,
    token: watch.token,
    ...(watch.feed === null ? {} : { feed: watch.feed }),
    ...(watch.pool === null ? {} : { pool: watch.pool }),
  });
  if (block.hash !== at.hash) throw readOfTwoBranches();
  if (best === null) throw noFreshPrice(asset);
  const fields = [
    { name: 'asset', value: asset },
    { name: 'source', value: best.from },
    ...(best.contract === null ? [] : [{ name: 'contract', value: best.contract }]),
  ];
  return {
    value: getFigure(best.price, 'price'),
    text: best.price,
    unit: best.quote,
    key,
    names: { chain: at.chain },
    facts: { fields, block, explorerUrl: best.explorerUrl, execution: null },
  };
}

/** What is told of a figure. */
export function toFigureFacts(
  watch: FigureWatch,
  figure: Figure,
  { previous, isTold }: { previous: string | null; isTold: boolean },
): AlertFacts {
  const subject = describeSubject(watch, figure.names);
  const condition = describeCondition(watch.condition, figure.unit ?? '');
  const amount = figure.unit === null ? figure.text : `${figure.text} ${figure.unit}`;
  const holding = isTold ? { en: `: it ${condition.en}`, zh: `：${condition.zh}` } : { en: '', zh: '' };
  const before = previous === null ? { en: '', zh: '' } : { en: `, after ${previous}`, zh: `，之前为 ${previous}` };
  const start = `${subject.en.slice(0, 1).toUpperCase()}${subject.en.slice(1)}`;
  return {
    ...figure.facts,
    summary: {
      en: `${start} is ${amount}${before.en}${holding.en}.`,
      zh: `${subject.zh}为 ${amount}${before.zh}${holding.zh}。`,
    },
    value: figure.text,
    unit: figure.unit,
    previous,
    transaction: null,
    logIndex: null,
    warnings: [],
  };
}

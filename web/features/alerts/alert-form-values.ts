import type { Alert, AlertOperator, AlertWatch } from '#server/contract/alert.ts';
import { fromRhythm, type RhythmChoice, toRhythm, toUsualRhythm } from './rhythm-choice.ts';

export const watchKinds = ['balance', 'transfer', 'event', 'price', 'query'] as const;
export type WatchKind = (typeof watchKinds)[number];

/** All that any kind of watch asks for; texts as they are written. */
export type WatchValues = {
  kind: WatchKind;
  chain: string;
  address: string;
  token: string;
  direction: 'in' | 'out' | 'any';
  atLeast: string;
  contract: string;
  event: string;
  where: string;
  abi: string | null;
  amount: { argument: string; atLeast: string };
  feed: string;
  pool: string;
  query: string;
  figure: { of: 'first-row' | 'any-row' | 'row-count'; column: string };
  condition: { operator: AlertOperator; threshold: string; recovery: string };
  rhythm: RhythmChoice;
  confirmations: string;
  fromBlock: number | null;
};

export type AlertFormValues = {
  name: string;
  watch: WatchValues;
  agent: string;
  agentDoes: 'tell' | 'ask';
  question: string;
  webhookUrl: string;
  coolDownMinutes: number;
  mostPerDay: number;
};

const emptyWatch: WatchValues = {
  kind: 'balance',
  chain: '',
  address: '',
  token: 'native',
  direction: 'any',
  atLeast: '1',
  contract: '',
  event: '',
  where: '',
  abi: null,
  amount: { argument: '', atLeast: '' },
  feed: '',
  pool: '',
  query: '',
  figure: { of: 'first-row', column: '' },
  condition: { operator: 'below', threshold: '', recovery: '' },
  rhythm: toUsualRhythm(),
  confirmations: '',
  fromBlock: null,
};

export type Template = { name: string; watch: Partial<WatchValues> };

/** The devnet's whale, the same on every hub. */
const whale = '0x23618e81E3f5cdF7f54C3d65f7FBc0aBf5B21E8f';

/** Beginnings of alerts that people often want; on the devnet where there is one, so that each can be tried at once. */
export const toTemplates = (
  chains: readonly { slug: string }[],
): Record<'balance' | 'transfer' | 'query', Partial<WatchValues>> => {
  const isDevnet = chains.some(({ slug }) => slug === 'devnet');
  const place = { chain: isDevnet ? 'devnet' : (chains[0]?.slug ?? ''), address: isDevnet ? whale : '' };
  return {
    balance: { ...place, kind: 'balance', condition: { operator: 'below', threshold: '1000', recovery: '' } },
    transfer: { ...place, kind: 'transfer', direction: 'any', atLeast: '100' },
    query: { kind: 'query', condition: { operator: 'above', threshold: '0', recovery: '' } },
  };
};

/** A form for a new alert, or for one that is there. */
export function toFormValues(alert: Alert | null, template: Template | null): AlertFormValues {
  return {
    name: alert?.name ?? template?.name ?? '',
    watch: alert === null ? { ...emptyWatch, ...template?.watch } : toWatchValues(alert.watch),
    agent: alert?.agent?.id ?? '',
    agentDoes: alert?.agentDoes ?? 'tell',
    question: alert?.question ?? '',
    webhookUrl: alert?.webhookUrl ?? '',
    coolDownMinutes: alert?.coolDownMinutes ?? 0,
    mostPerDay: alert?.mostPerDay ?? 100,
  };
}

function toWatchValues(watch: AlertWatch): WatchValues {
  const { kind } = watch;
  const chained = kind === 'query' ? {} : { chain: watch.chain, confirmations: watch.confirmations?.toString() ?? '' };
  const judged =
    'condition' in watch ? { condition: { ...watch.condition, recovery: watch.condition.recovery ?? '' } } : {};
  const base = { ...emptyWatch, ...chained, ...judged, kind };
  switch (kind) {
    case 'query': {
      const { query, figure, rhythm } = watch;
      return {
        ...base,
        query,
        figure: { of: figure.of, column: 'column' in figure ? figure.column : '' },
        rhythm: fromRhythm(rhythm),
      };
    }
    case 'event': {
      const { contract, event, abi, where, amount, fromBlock } = watch;
      return {
        ...base,
        event,
        abi,
        fromBlock,
        contract: contract ?? '',
        where: Object.keys(where).length === 0 ? '' : JSON.stringify(where),
        amount: { argument: amount?.argument ?? '', atLeast: amount?.atLeast ?? '' },
      };
    }
    case 'transfer': {
      const { address, direction, token, atLeast, fromBlock } = watch;
      return { ...base, address, direction, token, atLeast, fromBlock };
    }
    case 'balance':
      return { ...base, address: watch.address, token: watch.token };
    case 'price':
      return { ...base, token: watch.token, feed: watch.feed ?? '', pool: watch.pool ?? '' };
  }
}

const orNull = (text: string) => (text.trim() === '' ? null : text.trim());

/**
 * What the contract checks; text that is no number or no JSON stays what it is, and is refused there.
 *
 * @param kept - the watch as it was, with what the form does not show of one that other software made
 */
export function toAlertInput({ watch, agent, webhookUrl, ...rest }: AlertFormValues, kept: AlertWatch | null) {
  return { ...rest, watch: toWatchInput(watch, kept), agent: orNull(agent), webhookUrl: orNull(webhookUrl) };
}

export function toWatchInput(values: WatchValues, kept: AlertWatch | null) {
  const { kind, chain, address, token, confirmations, fromBlock } = values;
  const condition = { ...values.condition, recovery: orNull(values.condition.recovery) };
  const depth = orNull(confirmations);
  const place = { chain, confirmations: depth === null ? null : Number(depth) };
  switch (kind) {
    case 'query': {
      const { query, figure, rhythm } = values;
      const before = kept?.kind === 'query' && kept.query === query ? kept : null;
      return {
        kind,
        query,
        parameters: before?.parameters ?? [],
        figure: figure.of === 'row-count' ? { of: figure.of } : figure,
        condition,
        rhythm: toRhythm(rhythm),
      };
    }
    case 'balance':
      return { kind, ...place, address, token: orNull(token) ?? 'native', condition };
    case 'price':
      return { kind, ...place, token, feed: orNull(values.feed), pool: orNull(values.pool), condition };
    case 'transfer': {
      const { direction, atLeast } = values;
      return {
        kind,
        ...place,
        address,
        direction,
        token: orNull(token) ?? 'native',
        atLeast: orNull(atLeast) ?? '0',
        fromBlock,
      };
    }
    case 'event': {
      const { contract, event, abi, where, amount } = values;
      const decimals = kept?.kind === 'event' ? (kept.amount?.decimals ?? null) : null;
      return {
        kind,
        ...place,
        contract: orNull(contract),
        event,
        abi,
        where: readJson(where),
        amount: orNull(amount.argument) === null ? null : { ...amount, decimals },
        fromBlock,
      };
    }
  }
}

/** Nothing is no wish; text that is no JSON comes back as it is. */
function readJson(text: string): unknown {
  if (text.trim() === '') return {};
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}

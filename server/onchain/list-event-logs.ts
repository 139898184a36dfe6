import { getAddress, hexToBigInt, type RpcLog, toEventSignature, type AbiEvent } from 'viem';
import type { EventLogs } from '#server/contract/chain-readings.ts';
import { parseAddress } from './addresses.ts';
import { findRange } from './block-range.ts';
import type { ReadChain } from './chain-context.ts';
import { decodeLog, findEvents, toTopics } from './event-forms.ts';
import { listLogAmounts } from './list-log-amounts.ts';
import { readLogTimes } from './read-log-times.ts';
import { readLogs, toMissingNote } from './read-logs.ts';
import { showValue } from './show-arguments.ts';

const mostShown = 100;

/** The logs of an event in a range, decoded, newest first; those that do not fit the event are shown as they are. */
export const listEventLogs: ReadChain<'logs'> = async (context, request) => {
  const { chain } = context;
  const contract = request.contract === undefined ? null : parseAddress(request.contract, 'contract');
  const events = await findEvents(context, { named: request.event, contract, abi: request.abi });
  const { from, to, range, warnings } = await findRange(context, request);
  const topics = toTopics(events, request.where);
  const at = contract === null ? {} : { address: contract };
  const reading = await readLogs(context, { filters: [{ ...at, topics }], from, to });
  const shown = reading.logs.toReversed().slice(0, mostShown);
  const [{ times }, amounts] = await Promise.all([readLogTimes(context, shown), listLogAmounts(context, shown)]);
  const notes = [
    toMissingNote(reading),
    reading.logs.length > shown.length
      ? `Only the newest ${shown.length} of ${reading.logs.length} logs are listed. Ask for fewer blocks to see the others.`
      : null,
  ].filter((note) => note !== null);
  return {
    event: events[0] === undefined ? request.event : toEventSignature(events[0]),
    contract,
    range,
    count: reading.logs.length,
    logs: shown.map((log) => {
      const number = hexToBigInt(log.blockNumber ?? '0x0');
      return {
        contract: getAddress(log.address),
        ...decode(events, log, amounts.get(log)),
        block: number.toString(),
        blockHash: log.blockHash ?? '',
        time: times.get(number) ?? null,
        transaction: log.transactionHash ?? '',
        explorerUrl: `${chain.explorerUrl}/tx/${log.transactionHash ?? ''}`,
      };
    }),
    warnings,
    partial: notes.join(' ') || null,
    block: range.to,
  };
};

function decode(
  events: AbiEvent[],
  { topics, data }: RpcLog,
  amounts: ReadonlyMap<number, string> = new Map(),
): Pick<EventLogs['logs'][number], 'arguments' | 'amounts'> {
  const found = decodeLog(events, { topics, data });
  if (found === null) return { arguments: { topics: topics.join(', '), data: showValue(data) }, amounts: {} };
  return {
    arguments: Object.fromEntries(found.map(({ name, value }) => [name, showValue(value)])),
    amounts: Object.fromEntries(
      found.flatMap(({ name }, index) => {
        const amount = amounts.get(index);
        return amount === undefined ? [] : [[name, amount]];
      }),
    ),
  };
}

import type { JsonObject } from '#server/contract/json.ts';
import type { WalletActivity } from '#server/contract/wallet-readings.ts';
import { shorten } from './chain-parameter.ts';

const mostNodes = 16;
const words = {
  en: {
    title: 'Counterparties',
    in: 'only to the wallet',
    out: 'only from the wallet',
    both: 'both ways',
    transfers: 'Transfers',
    direction: 'Direction',
    party: 'Counterparty',
    address: 'Address',
    got: 'Received',
    gave: 'Sent',
    flags: 'Warnings',
  },
  zh: {
    title: '交易对手',
    in: '仅流入',
    out: '仅流出',
    both: '双向',
    transfers: '转账次数',
    direction: '方向',
    party: '交易对手',
    address: '地址',
    got: '流入',
    gave: '流出',
    flags: '警告',
  },
};

/**
 * The wallet in the middle, those it dealt with most around it: a Vega-Lite specification with its data inline. The more
 * transfers, the thicker the line; names are labels of the hub or shortened addresses, never a contract's own words.
 */
export function toCounterpartyGraph(
  { addresses, counterparties, label }: Pick<WalletActivity, 'addresses' | 'counterparties' | 'label'>,
  language: 'en' | 'zh',
): { title: string; specification: JsonObject } {
  const said = words[language];
  const shown = counterparties.slice(0, mostNodes);
  const rows = shown.map((party, index): JsonObject => {
    const angle = (2 * Math.PI * index) / shown.length - Math.PI / 2;
    // Neighbours stand at two distances, so that their names do not meet.
    const distance = index % 2 === 0 ? 1 : 0.72;
    const name = party.label ?? shorten(party.address);
    const sum = (side: 'received' | 'sent') =>
      party.flows
        .filter((flow) => flow[side].raw !== '0')
        .map((flow) => `${flow[side].formatted} ${flow[side].symbol}`)
        .join(', ');
    const [got, gave] = [sum('received'), sum('sent')];
    return {
      x: Number((distance * Math.cos(angle)).toFixed(4)),
      y: Number((distance * Math.sin(angle)).toFixed(4)),
      middle: 0,
      name: party.flags.length > 0 ? `⚠ ${name}` : name,
      address: party.address,
      transfers: party.transfers,
      direction: got === '' ? said.out : gave === '' ? said.in : said.both,
      got,
      gave,
      flags: party.flags.join(', '),
    };
  });
  const place = (field: string, axis: 'x' | 'y') => ({
    [axis]: { field, type: 'quantitative', axis: null, scale: { domain: [-1.3, 1.3] } },
  });
  const tooltip = (['name', 'address', 'transfers', 'got', 'gave', 'flags'] as const).map((field) => ({
    field,
    type: field === 'transfers' ? 'quantitative' : 'nominal',
    title: field === 'name' ? said.party : said[field],
  }));
  const colour = {
    field: 'direction',
    type: 'nominal',
    title: said.direction,
    legend: { orient: 'bottom' },
    scale: { domain: [said.in, said.out, said.both] },
  };
  return {
    title: said.title,
    specification: {
      title: said.title,
      width: 560,
      height: 460,
      data: { values: rows },
      layer: [
        {
          mark: { type: 'rule', opacity: 0.55 },
          encoding: {
            ...place('middle', 'x'),
            ...place('middle', 'y'),
            x2: { field: 'x' },
            y2: { field: 'y' },
            color: colour,
            size: {
              field: 'transfers',
              type: 'quantitative',
              title: said.transfers,
              legend: null,
              scale: { range: [1, 7] },
            },
          },
        },
        {
          mark: { type: 'circle', size: 190, opacity: 1 },
          encoding: { ...place('x', 'x'), ...place('y', 'y'), color: colour, tooltip },
        },
        {
          mark: { type: 'text', dy: -15, fontSize: 11 },
          encoding: { ...place('x', 'x'), ...place('y', 'y'), text: { field: 'name', type: 'nominal' } },
        },
        {
          data: { values: [{ x: 0, y: 0, name: label ?? shorten(addresses[0] ?? '') }] },
          layer: [
            { mark: { type: 'circle', size: 460, opacity: 1 }, encoding: { ...place('x', 'x'), ...place('y', 'y') } },
            {
              mark: { type: 'text', dy: 24, fontSize: 12, fontWeight: 'bold' },
              encoding: { ...place('x', 'x'), ...place('y', 'y'), text: { field: 'name', type: 'nominal' } },
            },
          ],
        },
      ],
      config: { view: { stroke: null } },
    },
  };
}

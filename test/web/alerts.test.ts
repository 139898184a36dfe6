import { expect, test } from 'vitest';
import { type Alert, AlertRhythm, AlertWatch, CreateAlertInput } from '#server/contract/alert.ts';
import { describeAlert } from '#server/contract/describe-alert.ts';
import { toAlertInput, toFormValues, toTemplates } from '#web/features/alerts/alert-form-values.ts';
import { fromRhythm, toRhythm, toUsualRhythm } from '#web/features/alerts/rhythm-choice.ts';

const condition = { operator: 'below', threshold: '10', recovery: '12.5' };
const address = '0x1000000000000000000000000000000000000001';
const watches = [
  { kind: 'balance', chain: 'base', address, token: 'USDC', condition, confirmations: 3 },
  { kind: 'price', chain: 'base', token: 'native', feed: address, condition },
  { kind: 'transfer', chain: 'base', address, direction: 'in', atLeast: '0.5', fromBlock: 7 },
  {
    kind: 'event',
    chain: 'base',
    contract: address,
    event: 'Paid(address,uint256)',
    where: { payer: address },
    amount: { argument: 'value', atLeast: '5', decimals: 6 },
  },
  {
    kind: 'query',
    query: 'q',
    parameters: [{ name: 'day', value: '1' }],
    figure: { of: 'any-row', column: 'sum' },
    condition,
    rhythm: { cron: '0 9 * * *', timeZone: 'UTC' },
  },
].map((watch) => AlertWatch.parse(watch));

test.each(watches)('the form gives back what it was given: $kind', (watch) => {
  const made = { name: 'Mine', watch, agent: null, agentDoes: 'tell', question: '', webhookUrl: null };
  const values = toFormValues({ ...made, coolDownMinutes: 5, mostPerDay: 3 } as unknown as Alert, null);
  expect(CreateAlertInput.parse(toAlertInput(values, watch))).toEqual({ ...made, coolDownMinutes: 5, mostPerDay: 3 });
});

test.each([
  [{ everyMinutes: 7 }, { every: 'minutes', everyMinutes: 7 }],
  [
    { cron: '5 14 * * *', timeZone: 'Asia/Shanghai' },
    { every: 'day', time: '14:05', timeZone: 'Asia/Shanghai' },
  ],
  [
    { cron: '30 8 * * 1-5', timeZone: 'UTC' },
    { every: 'weekdays', time: '08:30' },
  ],
  [
    { cron: '0 9 1 * *', timeZone: 'UTC' },
    { every: 'cron', cron: '0 9 1 * *' },
  ],
  [
    { cron: '@daily', timeZone: 'UTC' },
    { every: 'cron', cron: '@daily' },
  ],
])('a rhythm is a choice, and the choice the same rhythm: %j', (rhythm, choice) => {
  expect(fromRhythm(rhythm)).toMatchObject(choice);
  expect(toRhythm(fromRhythm(rhythm))).toEqual(rhythm);
});

test.each([
  [{ every: 'day' as const, time: '' }, 'cron'],
  [{ every: 'cron' as const, cron: 'at nine' }, 'cron'],
])('a schedule that is none is refused at its field: %j', (choice, field) => {
  const { error } = AlertRhythm.safeParse(toRhythm({ ...toUsualRhythm(), ...choice }));
  expect(error?.issues[0]?.path).toEqual([field]);
});

test('templates on the devnet can be sent at once, and an empty form cannot', () => {
  const { transfer } = toTemplates([{ slug: 'ethereum' }, { slug: 'devnet' }]);
  const values = toFormValues(null, { name: 'A whale moves', watch: transfer });
  expect(CreateAlertInput.safeParse(toAlertInput(values, null)).success).toBe(true);
  expect(CreateAlertInput.safeParse(toAlertInput(toFormValues(null, null), null)).success).toBe(false);
});

test('an alert is said in a sentence in both languages', () => {
  const [watch] = watches;
  if (watch === undefined) return;
  const said = describeAlert(
    { watch, webhookUrl: 'https://a.example/x', agentDoes: 'ask' },
    { chain: 'Base', agent: 'Ora' },
  );
  expect(said).toEqual({
    en: `When the USDC balance of ${address} on Base falls below 10 USDC: ask Ora about it and post it to a.example.`,
    zh: `当 Base 上 ${address} 的 USDC 余额低于 10 USDC：询问 Ora，并发送到 a.example。`,
  });
});

import { z } from 'zod';
import { type AlertOperator, type AlertWatch, CreateAlertInput } from '#server/contract/alert.ts';
import { choicesInChinese } from '#server/contract/choice-words.ts';
import { countRunsEvery, describeDuneCost, toDuneCost } from '#server/contract/dune-cost.ts';
import { DecimalText } from '#server/contract/exact-decimal.ts';
import { JsonObject } from '#server/contract/json.ts';
import { HubError } from '#server/hub-error.ts';
import { type ChainParameter, requireChains, whileChainsStay } from '#server/runtime/tools/on-chain/chain-parameter.ts';
import type { ToolPorts } from '#server/runtime/tools/ports.ts';
import { defineTool } from '#server/runtime/tools/tool.ts';
import { requireAlerts } from './require-alerts.ts';

const text = (most: number) => z.string().trim().min(1).max(most);

const operators = {
  above: 'above',
  below: 'below',
  at_least: 'at-least',
  at_most: 'at-most',
  equals: 'equals',
  rises_to: 'crosses-above',
  falls_to: 'crosses-below',
  changes_by: 'changes-by',
  changes_by_percent: 'changes-by-percent',
} as const satisfies Record<string, AlertOperator>;
const operatorNames = z.enum(Object.keys(operators) as (keyof typeof operators)[]);

const inChinese = (choice: string) => choicesInChinese[choice] ?? choice;

const makeInput = (chain: ChainParameter) =>
  z.strictObject({
    watch: z
      .enum(['balance', 'transfer', 'event', 'price', 'query'])
      .describe('What is watched. Each kind needs the fields that name it in their description.'),
    name: text(80).optional().describe('A short name. Left out, one is made.'),
    chain,
    address: text(120)
      .optional()
      .describe(
        "balance, transfer: whose; 0x… or an ENS name. Left out of a transfer: any transfer of the token, whoever's.",
      ),
    token: text(120).default('native').describe('balance, transfer, price: a symbol, an address, or native.'),
    operator: operatorNames.optional().describe('balance, price, query: how the figure is compared.'),
    threshold: DecimalText.optional().describe('balance, price, query: the number to compare with, in whole tokens.'),
    direction: z.enum(['in', 'out', 'any']).default('any').describe('transfer: received, sent, or both.'),
    atLeast: DecimalText.optional().describe('transfer: the least amount, in whole tokens.'),
    event: text(2000).optional().describe('event: its name or signature, such as "Transfer(address,address,uint256)".'),
    contract: text(120).optional().describe('event: the contract that emits it.'),
    where: JsonObject.optional().describe('event: arguments that must be equal, by name.'),
    query: text(64).optional().describe('query: the number or identifier of a saved query.'),
    column: text(200).optional().describe('query: the column of the first row; left out, the number of rows.'),
    everyMinutes: z.number().int().min(1).max(10_080).default(15).describe('query: how often it is run.'),
    tell: z
      .enum(['message', 'ask', 'list'])
      .default('message')
      .describe('message: tells the person in a conversation; ask: you are asked about it; list: only on their page.'),
    question: z.string().max(2000).default('').describe('ask: what you will be asked.'),
  });
type Input = z.output<ReturnType<typeof makeInput>>;

const Output = z.object({
  alert: z.string(),
  name: z.string(),
  summary: z.string(),
  page: z.string(),
  note: z.string(),
});

/** Makes an alert for the person, who is asked before. Posts to other addresses are set up on the page alone. */
export function createCreateAlertTool({ chains }: Pick<ToolPorts, 'chains'>) {
  const input = whileChainsStay(chains, makeInput);
  return defineTool({
    id: 'create-alert',
    title: { en: 'Create alert', zh: '创建提醒' },
    description: {
      en: 'Sets an alert: from now on the person is notified when something happens later. Use it for "alert me when", "notify me if", "let me know when". It does not look anything up now.',
      zh: '设置提醒：今后发生某事时通知用户。用于“……时提醒我”“如果……通知我”。它不会立即查询。',
    },
    category: 'data',
    effect: 'write',
    untrusted: false,
    get input() {
      return input();
    },
    output: Output,
    timeoutMs: 60_000,
    maximumResultBytes: 8_000,
    intent: (given, language) => {
      const { watch, operator } = given;
      const what = [
        language === 'zh' ? inChinese(watch) : watch,
        given.address ?? given.contract ?? given.query,
        given.token === 'native' ? undefined : given.token,
      ]
        .concat(language === 'zh' && operator !== undefined ? inChinese(operator) : operator)
        .concat(given.threshold ?? given.atLeast, given.event)
        .filter((part) => part !== undefined)
        .join(' ')
        .slice(0, 160);
      return language === 'zh' ? `创建提醒：${what}（${given.chain}）` : `Creating an alert: ${what} (${given.chain})`;
    },
    asksFirst: async ({ watch, query, everyMinutes }, { openAlerts }) => {
      const spent =
        watch === 'query' && query !== undefined ? await openAlerts?.()?.findSpending(toReference(query)) : null;
      return spent ? describeDuneCost(toDuneCost(countRunsEvery(everyMinutes), spent.creditsEach)) : null;
    },
    run: async (given, context) => {
      const desk = requireAlerts(context);
      const query = given.query === undefined ? null : (await desk.findQuery(toReference(given.query))).id;
      const watch = (await toTransferOfAnybody(given, { chains, signal: context.signal })) ?? toWatch(given, query);
      const agent = given.tell === 'list' ? null : desk.agentId;
      const alert = await desk.create(
        CreateAlertInput.parse({
          name: given.name ?? toName(given),
          watch,
          agent,
          agentDoes: given.tell === 'ask' ? 'ask' : 'tell',
          question: given.question,
        }),
        context.signal,
      );
      return {
        output: {
          alert: alert.id,
          name: alert.name,
          summary: alert.summary[context.language],
          page: '/alerts',
          note: 'It is watched from now on. The person can change, pause and delete it on the page "Alerts".',
        },
      };
    },
  });
}

const toReference = (query: string) => (/^#?\d{1,9}$/.test(query) ? Number(query.replace('#', '')) : query);

const toName = ({ watch, address, contract, token, event, query }: Input) =>
  [watch, token === 'native' ? undefined : token, event?.split('(')[0], address ?? contract ?? query]
    .filter((part) => part !== undefined)
    .join(' ')
    .slice(0, 80);

function need<Value>(value: Value | undefined | null, field: string, watch: Input['watch']): Value {
  if (value !== undefined && value !== null) return value;
  throw new HubError(
    'validation_failed',
    { en: `An alert on a ${watch} needs "${field}".`, zh: `关于${inChinese(watch)}的提醒需要 "${field}"。` },
    {
      errors: [{ path: field, message: { en: `Needed for a ${watch}.`, zh: `关于${inChinese(watch)}的提醒需要它。` } }],
    },
  );
}

const transferEvent = 'event Transfer(address indexed from, address indexed to, uint256 value)';

/** Any transfer of a token, whoever makes it, is an event of its contract; null: a certain address is meant. */
async function toTransferOfAnybody(
  { watch, chain, address, token, atLeast }: Input,
  { chains, signal }: Pick<ToolPorts, 'chains'> & { signal: AbortSignal },
): Promise<AlertWatch | null> {
  if (watch !== 'transfer' || address !== undefined || token === 'native') return null;
  const { address: contract } = await requireChains(chains).read('token', { chain, token, signal });
  const amount = atLeast === undefined ? null : { argument: 'value', atLeast, decimals: null };
  const of = { kind: 'event' as const, chain, contract, event: transferEvent, abi: null, where: {}, amount };
  return { ...of, confirmations: null, fromBlock: null };
}

function toWatch(given: Input, query: string | null): AlertWatch {
  const { watch: kind, chain, token } = given;
  const condition = () => ({
    operator: operators[need(given.operator, 'operator', kind)],
    threshold: need(given.threshold, 'threshold', kind),
    recovery: null,
  });
  const usual = { confirmations: null };
  switch (kind) {
    case 'balance':
      return { kind, chain, token, address: need(given.address, 'address', kind), condition: condition(), ...usual };
    case 'price':
      return { kind, chain, token, feed: null, pool: null, condition: condition(), ...usual };
    case 'transfer': {
      const { direction, atLeast = '0' } = given;
      const address = need(given.address, 'address', kind);
      return { kind, chain, address, direction, token, atLeast, fromBlock: null, ...usual };
    }
    case 'event': {
      const { contract = null, where = {} } = given;
      const event = need(given.event, 'event', kind);
      return { kind, chain, contract, event, abi: null, where, amount: null, fromBlock: null, ...usual };
    }
    case 'query': {
      const { column, everyMinutes } = given;
      const figure = column === undefined ? { of: 'row-count' as const } : { of: 'first-row' as const, column };
      return {
        kind,
        query: need(query, 'query', kind),
        parameters: [],
        figure,
        condition: condition(),
        rhythm: { everyMinutes },
      };
    }
  }
}

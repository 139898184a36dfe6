import type { AlertCondition, AlertOperator, AlertRhythm, AlertWatch, WatchOf } from './alert.ts';
import type { LocalizedText } from './localized-text.ts';
import { spaceChinese } from './space-chinese.ts';

/** How people call what an alert names by identifier. */
export type AlertNames = { chain?: string | undefined; query?: string | undefined; agent?: string | undefined };

const operators: Record<AlertOperator, LocalizedText> = {
  above: { en: 'is above', zh: '高于' },
  'at-least': { en: 'is at least', zh: '不低于' },
  below: { en: 'falls below', zh: '低于' },
  'at-most': { en: 'is at most', zh: '不高于' },
  equals: { en: 'equals', zh: '等于' },
  differs: { en: 'is other than', zh: '不等于' },
  'crosses-above': { en: 'rises to', zh: '升至' },
  'crosses-below': { en: 'falls to', zh: '降至' },
  'changes-by': { en: 'changes by', zh: '变化达到' },
  'changes-by-percent': { en: 'changes by', zh: '变化达到' },
};

const both = (en: string, zh: string): LocalizedText => ({ en, zh: spaceChinese(zh) });

/** What must hold of a figure, such as "falls below 10 ETH". */
export function describeCondition({ operator, threshold }: AlertCondition, unit = ''): LocalizedText {
  const amount = operator === 'changes-by-percent' ? `${threshold} %` : `${threshold}${unit === '' ? '' : ` ${unit}`}`;
  const { en, zh } = operators[operator];
  return both(`${en} ${amount}`, `${zh} ${amount}`);
}

const toCoin = (token: string) => (token === 'native' ? both('the coin', '原生币') : both(token, token));

/** Whose figure it is, such as "the balance of 0x… on Devnet". */
export function describeSubject(watch: Exclude<AlertWatch, WatchOf<'event'> | WatchOf<'transfer'>>, names: AlertNames) {
  switch (watch.kind) {
    case 'query': {
      const name = names.query ?? watch.query;
      if (watch.figure.of === 'row-count') return both(`the number of rows of “${name}”`, `“${name}”的行数`);
      const { of, column } = watch.figure;
      return of === 'first-row'
        ? both(`${column} in the first row of “${name}”`, `“${name}”第一行的 ${column}`)
        : both(`${column} in any row of “${name}”`, `“${name}”任一行的 ${column}`);
    }
    case 'balance': {
      const chain = names.chain ?? watch.chain;
      const of =
        watch.token === 'native'
          ? both('the balance', '余额')
          : both(`the ${watch.token} balance`, ` ${watch.token} 余额`);
      return both(`${of.en} of ${watch.address} on ${chain}`, `${chain} 上 ${watch.address} 的${of.zh}`);
    }
    case 'price': {
      const chain = names.chain ?? watch.chain;
      const coin = toCoin(watch.token);
      return both(`the price of ${coin.en} on ${chain}`, `${chain} 上 ${coin.zh} 的价格`);
    }
  }
}

function describeRhythm(rhythm: AlertRhythm): LocalizedText {
  if ('cron' in rhythm)
    return both(
      `, looked at by the schedule ${rhythm.cron} (${rhythm.timeZone})`,
      `（按计划 ${rhythm.cron}，${rhythm.timeZone} 检查）`,
    );
  const { everyMinutes } = rhythm;
  return everyMinutes === 1
    ? both(', looked at every minute', '（每分钟检查）')
    : both(`, looked at every ${everyMinutes} minutes`, `（每 ${everyMinutes} 分钟检查）`);
}

const directions = {
  in: both('receives', '收到'),
  out: both('sends', '转出'),
  any: both('sends or receives', '转出或收到'),
};

/** What an alert waits for, as the first half of a sentence: "When the balance of 0x… on Devnet falls below 10". */
export function describeWatch(watch: AlertWatch, names: AlertNames): LocalizedText {
  switch (watch.kind) {
    case 'query': {
      const [subject, condition, rhythm] = [
        describeSubject(watch, names),
        describeCondition(watch.condition),
        describeRhythm(watch.rhythm),
      ];
      return both(`When ${subject.en} ${condition.en}${rhythm.en}`, `当 ${subject.zh}${condition.zh}${rhythm.zh}`);
    }
    case 'balance':
    case 'price': {
      const subject = describeSubject(watch, names);
      const unit =
        watch.kind === 'price' || watch.token === 'native' || watch.token.startsWith('0x') ? '' : watch.token;
      const condition = describeCondition(watch.condition, unit);
      return both(`When ${subject.en} ${condition.en}`, `当 ${subject.zh}${condition.zh}`);
    }
    case 'transfer': {
      const chain = names.chain ?? watch.chain;
      const [does, coin] = [directions[watch.direction], toCoin(watch.token)];
      const least =
        watch.atLeast === '0'
          ? both('any amount', '任意数量')
          : both(`at least ${watch.atLeast}`, `至少 ${watch.atLeast} `);
      return both(
        `When ${watch.address} on ${chain} ${does.en} ${least.en} of ${coin.en}`,
        `当 ${chain} 上的 ${watch.address} ${does.zh}${least.zh}${coin.zh}`,
      );
    }
    case 'event': {
      const chain = names.chain ?? watch.chain;
      const event = watch.event.replace(/^event\s+/, '').slice(0, 80);
      const place = watch.contract === null ? both('any contract', '任意合约') : both(watch.contract, watch.contract);
      const where = Object.entries(watch.where)
        .map(([name, value]) => `${name} = ${typeof value === 'string' ? value : JSON.stringify(value)}`)
        .concat(watch.amount === null ? [] : [`${watch.amount.argument} ≥ ${watch.amount.atLeast}`])
        .join(', ');
      const more = where === '' ? both('', '') : both(` with ${where}`, `（${where}）`);
      return both(
        `When ${place.en} on ${chain} emits ${event}${more.en}`,
        `当 ${chain} 上的 ${place.zh} 发出 ${event}${more.zh}`,
      );
    }
  }
}

/** What an alert waits for and what happens then. */
export function describeAlert(
  alert: { watch: AlertWatch; webhookUrl: string | null; agentDoes: 'tell' | 'ask' },
  names: AlertNames,
): LocalizedText {
  const watch = describeWatch(alert.watch, names);
  const host = alert.webhookUrl === null ? null : toHost(alert.webhookUrl);
  const ways = [
    ...(names.agent === undefined
      ? []
      : [
          alert.agentDoes === 'ask'
            ? both(`ask ${names.agent} about it`, `询问 ${names.agent}`)
            : both(`tell me in a conversation with ${names.agent}`, `在与 ${names.agent} 的对话中告诉我`),
        ]),
    ...(host === null ? [] : [both(`post it to ${host}`, `发送到 ${host}`)]),
  ];
  const all = ways.length === 0 ? [both('list it under Alerts', '列在“提醒”页')] : ways;
  return both(
    `${watch.en}: ${all.map(({ en }) => en).join(' and ')}.`,
    `${watch.zh}：${all.map(({ zh }) => zh).join('，并')}。`,
  );
}

function toHost(url: string): string {
  try {
    return new URL(url).host;
  } catch {
    return url;
  }
}

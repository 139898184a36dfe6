import type { TransactionAction } from '#server/contract/transaction-proposal.ts';
import { dropHidden } from './found.ts';
import type { Ask } from './split-asks.ts';

const polite =
  "(?:(?:please|kindly|now|then|ok(?:ay)?|hi|hello|(?:can|could|would|will) you|help me(?: to)?|let'?s|(?:prepare|propose|draft|make|create)(?: an?)? (?:unsigned )?(?:transaction|transfer|payment|call)(?: (?:that|to|which))?|(?:i|we)(?:'d| would)? (?:want|wish|like|need|have)(?: you)? to|from(?: my (?:wallet|account|address))?)[\\s,:]*)*";
const start = (verbs: string) => new RegExp(`^[\\s\\p{P}]*${polite}(?:${verbs})(?![\\w-])`, 'iu');

const english: [TransactionAction, RegExp][] = [
  [
    'revoke',
    start(
      'revoke|(?:cancel|remove|withdraw|undo|take (?:back|away))(?=.*\\b(?:approvals?|allowances?|rights?|permissions?)\\b)',
    ),
  ],
  [
    'approve',
    start('approve|authori[sz]e|(?:allow|let|permit|give|grant)(?=.*\\b(?:spend|use|move|take|approval|allowance)\\b)'),
  ],
  [
    'send',
    start('send|pay|wire|move(?=.*\\bto\\b)|transfer(?!\\s+(?:history|events?|logs?|list|volume|count|functions?)\\b)'),
  ],
];
/** What is said of a wish by who wants something else: a question, or a rule for later. */
const otherwise =
  /\b(?:send|give|pay) (?:me|us|attention|a (?:message|note|mail|warning|report))\b|\b(?:alert|notify|when(?:ever)?|if|every time)\b/i;

const asksPolitely =
  /^[\s\p{P}]*(?:请|麻烦|帮我|替我|劳驾|(?:能否|能不能|可以|可否|能)(?:请|帮|替)|我(?:想|要|需要|打算))/u;
const chinese: [TransactionAction, RegExp][] = [
  ['revoke', /撤销|取消.{0,80}授权|收回.{0,80}授权|解除.{0,80}授权/],
  ['approve', /授权|批准|(?:允许|让).{0,80}(?:动用|使用|花费|支配|转走)/],
  ['send', /转账?|汇|发送|发给|发(?=\s*[\d\s])|支付|付给|付(?=\s*[\d\s])|打给|打款|打(?=\s*[\d\s])/],
];
const aboutPast =
  /[了过]|多少|几[笔次个]|哪|什么|谁|历史|记录|流水|明细|最近|曾|以前|上次|查|统计|列出|怎么|如何|为什么|是否|失败|事件|日志|情况|提醒|通知|告诉|时(?:候)?[，就]|[的笔次]\s*(?:转账|支付|授权)/;
const direct = /(?:给|到|至|向|往|对|把|将|从)/;

/** What somebody wants their wallet to do now; null for what was done, how it is done, or what is to happen some day. */
export function readTransactionWish({ words, found }: Pick<Ask, 'words' | 'found'>): TransactionAction | null {
  const text = dropHidden(words);
  const names = found.some(({ kind }) => ['address', 'ens-name', 'token'].includes(kind));
  if (!names || found.some(({ kind }) => ['hash', 'event', 'function', 'table', 'code'].includes(kind))) return null;
  const said = english.find(([, pattern]) => pattern.test(text));
  if (said !== undefined) return otherwise.test(text) ? null : said[0];
  const meant = chinese.find(([, pattern]) => pattern.test(text));
  if (meant === undefined || aboutPast.test(text)) return null;
  const isPlain = (/\d/.test(text) || meant[0] !== 'send') && (direct.test(text) || meant[0] !== 'send');
  if (asksPolitely.test(text)) return meant[0];
  return isPlain && !/[吗?？]/.test(text) ? meant[0] : null;
}

const plainWords =
  /^[\s\p{P}]*(?:(?:(?:from|to|my|our|the|it|it's|is|are|i|am|i'm|use|with|in|on|of|by|for|wallet|address|account|token|coin|sender|receiver|recipient|spender|contract|amount|sends?|receives?|chain|network|please|ok|okay|and)(?![\w])|从|到|给|向|用|由|在|为|是|我的?|它|钱包|地址|账户|发送方|接收方|收款方|付款方|被授权方|代币|合约|数额|金额|链|网络|上|请|好的?|个|枚)[\s\p{P}]*)*$/iu;

/** Whether an ask only says an address, an amount, a token or a chain, and whose it is: it may complete a wish of before. */
export function completesWish({ words, found }: Pick<Ask, 'words' | 'found'>): boolean {
  const said = found.reduce((text, one) => text.replace(one.text, ' '), dropHidden(words));
  return found.length > 0 && !/[?？吗]/.test(words) && plainWords.test(said);
}

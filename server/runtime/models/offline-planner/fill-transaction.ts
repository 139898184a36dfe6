import type { JsonObject, JsonValue } from '#server/contract/json.ts';
import { pointsBack, type Filling } from './fill-arguments.ts';
import { dropHidden, type Found } from './found.ts';
import { readTransactionWish } from './read-transaction-wish.ts';
import type { Ask } from './split-asks.ts';
import type { Parameter } from './tool-view.ts';

const beforeToken = /(?:\b(?:token|contract)(?:\s+(?:at|address))?|代币|合约)\s*(?:地址)?\s*[:：是为]?\s*$/i;
const beforeSender =
  /(?:\b(?:from|by|as|out of|sender|owner|my|i am|i'm)(?:\s+(?:my|the))?(?:\s+(?:wallet|address|account))?(?:\s+is)?|从|由|用|我是|发送方|付款方|我的?(?:钱包|地址|账户)|(?:钱包|地址)(?:是|为))\s*[:：是为,，]?\s*$/i;
const afterSender = /^\s*(?:向|给|转|汇|发|付|打|授权|允许)/;
const beforeReceiver =
  /(?:\b(?:to|for|send|pay|let|allow|permit|approve|authori[sz]e|revoke|spender|receiver|recipient|give|grant)(?:\s+the)?(?:\s+(?:wallet|address|account|spender|contract))?|给|向|到|至|往|对|授权|允许|让|撤销|取消|收回|收款方|接收方)\s*(?:地址|钱包)?\s*[:：是为]?\s*$/i;
const limitless = /\b(?:unlimited|infinite|endless|max(?:imum)?|without (?:a |any )?limit)\b|无限|不限|最大/i;
const ownCoin = /\b(?:ethers?|native coins?|coins?)\b|原生币/i;
/** A figure before what may be a symbol that no list has. */
const figure = /(?<![A-Za-z\d.])(\d[\d,]*(?:\.\d+)?)(?![\d.]*\d)\s*(?:个|枚|units? of)?\s*([A-Za-z][A-Za-z\d]{1,11})?/g;

type Places = { from?: Found; to?: Found; token?: Found };

/** Who sends what to whom, from the words of whoever wants it; what is not said stays missing, for nothing of it is guessed. */
export function fillTransaction(parameters: Parameter[], ask: Ask, filling: Filling): Filling {
  const action = readTransactionWish(ask);
  if (action === null) return filling;
  const { chain, from: filled } = filling.arguments;
  const addresses = ask.found.filter(({ kind, fault }) => fault === undefined && /^(?:address|ens-name)$/.test(kind));
  const places = placeAddresses(addresses);
  const { amount, symbol } = readAmount(ask);
  const given: JsonObject = { ...(chain === undefined ? {} : { chain }), ...(action === 'send' ? {} : { action }) };
  const add = (name: string, value: JsonValue | undefined) => {
    if (value !== undefined) given[name] = value;
  };
  const isRemembered = pointsBack(ask) && !addresses.some(({ value }) => value === filled);
  add('from', places.from?.value ?? (isRemembered ? filled : undefined));
  add('to', places.to?.value);
  add('amount', action === 'revoke' ? 0 : action === 'approve' && limitless.test(ask.words) ? 'unlimited' : amount);
  add('token', places.token?.value ?? symbol);
  const missing = ['from', 'to', 'amount', 'token'].flatMap(
    (name) => parameters.find((parameter) => parameter.name === name && given[name] === undefined) ?? [],
  );
  return { ...filling, arguments: given, missing, used: [...new Set([...filling.used, ...addresses])] };
}

/** By the words beside them; what nothing is said of receives, and where that is known, sends. */
function placeAddresses(addresses: Found[]): Places {
  const places: Places = {};
  const left: Found[] = [];
  for (const found of addresses) {
    const { before = '', after = '' } = found;
    const place = beforeToken.test(before)
      ? 'token'
      : beforeReceiver.test(before)
        ? 'to'
        : beforeSender.test(before) || afterSender.test(after)
          ? 'from'
          : null;
    if (place === null || places[place] !== undefined) left.push(found);
    else places[place] = found;
  }
  for (const found of left) {
    if (places.to === undefined) places.to = found;
    else places.from ??= found;
  }
  return places;
}

function readAmount({ words, found }: Ask): { amount: JsonValue | undefined; symbol: string | undefined } {
  const text = dropHidden(words);
  const known = found.find(({ kind }) => kind === 'token');
  const listed = typeof known?.value === 'string' ? known.value : undefined;
  const isName = (name: string | undefined) => name !== undefined && /^(?:[A-Z][A-Za-z\d]*|[a-z]+[A-Z]+)$/.test(name);
  const figures = [...text.matchAll(figure)];
  const best = figures.find(([, , name]) => name === known?.text) ?? figures.find(([, , name]) => isName(name));
  const [, written, name] = best ?? figures[0] ?? [];
  const plain = written?.replaceAll(',', '');
  const amount = plain === undefined ? undefined : String(Number(plain)) === plain ? Number(plain) : plain;
  const unlisted = isName(name) ? name : undefined;
  return { amount, symbol: listed ?? unlisted ?? (ownCoin.test(text) ? 'native' : undefined) };
}

import type { LocalizedText } from './localized-text.ts';

/** What proposed transactions warn of, as `chain-words.ts` has them. */
export const proposalWords: readonly LocalizedText[] = [
  {
    en: 'It would fail now: {reason}. Do not sign it.',
    zh: '现在执行会失败：{reason}。请勿签名。',
  },
  {
    en: 'The sender has too little {coin} for the value and the fee.',
    zh: '发送方的 {coin} 不足以支付转账金额和手续费。',
  },
  {
    en: 'The receiver is a contract: tokens that it does not know how to handle are lost.',
    zh: '接收方是合约：它无法处理的代币会丢失。',
  },
  {
    en: 'What it calls is of no known kind. Sign only what you understand.',
    zh: '它调用的内容不属于任何已知类型。请只签名您理解的内容。',
  },
  {
    en: 'There is no contract at {address} on {chain}: the call does nothing, and coins sent with it stay there.',
    zh: '{chain} 上的 {address} 没有合约：这次调用不起作用，随之发送的币会留在那里。',
  },
  {
    en: '{address} is a proxy ({kind}): it runs the code of {implementation}, which its owner may exchange.',
    zh: '{address} 是代理合约（{kind}）：它运行 {implementation} 的代码，其所有者可以更换该代码。',
  },
  {
    en: 'The receiver is the zero address: what is sent there is lost.',
    zh: '接收方是零地址：发送到那里的资产会丢失。',
  },
  { en: 'Sender and receiver are the same address.', zh: '发送方与接收方是同一个地址。' },
  {
    en: 'The receiver is the contract of {symbol} itself: tokens that are sent there are mostly lost.',
    zh: '接收方是 {symbol} 自身的合约：发送到那里的代币通常会丢失。',
  },
  {
    en: '{address} is an account and no contract: whoever holds its key could take what is approved.',
    zh: '{address} 是普通账户而非合约：掌握其私钥的人可以取走已授权的资产。',
  },
  {
    en: '{address} was never used on {chain}: it has no coins and sent nothing. Compare every character with where you have it from.',
    zh: '{address} 从未在 {chain} 上使用过：没有余额，也没有发出过交易。请与来源逐字核对。',
  },
  {
    en: 'The receiver was not compared with whom the sender dealt with before: the RPC did not tell in time.',
    zh: '未能将接收方与发送方过往的往来地址比对：RPC 没有及时应答。',
  },
  {
    en: '{address} looks like {known}, with which {sender} exchanged tokens before, but is another address. This is how addresses are poisoned: compare every character.',
    zh: '{address} 与 {sender} 曾有代币往来的 {known} 相似，但不是同一个地址。这正是地址投毒的手法：请逐字核对。',
  },
  {
    en: '{address} is in the history of {sender} only by transfers of nothing, which plant false addresses. Do not send anything there that you did not check.',
    zh: '{address} 在 {sender} 的历史记录中只有数量为 0 的转账，这是植入假地址的手法。未经核对请勿向其发送任何资产。',
  },
];

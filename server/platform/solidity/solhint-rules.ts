import type { FindingConfidence, FindingSeverity } from '#server/contract/contract-audit.ts';
import type { LocalizedText } from '#server/contract/localized-text.ts';

/** One of solhint's security rules, in our words. */
export type SolhintRule = {
  rule: string;
  weaknesses: string[];
  severity: FindingSeverity;
  confidence: FindingConfidence;
  /** It reports wherever something is used at all, and so is told once a function. */
  isHint: boolean;
  /** Our detectors of the same weakness: where one found it too, theirs is the finding, and names the rule. */
  twins: string[];
  title: LocalizedText;
  why: LocalizedText;
  advice: LocalizedText;
};

/** All of solhint's security rules. Confidence is low where a rule looks at a name and not at what becomes of it. */
export const solhintRules: readonly SolhintRule[] = [
  {
    rule: 'avoid-call-value',
    weaknesses: ['SWC-111', 'SCWE-072'],
    severity: 'low',
    confidence: 'high',
    isHint: false,
    twins: ['deprecated-functions'],
    title: { en: 'The old form of a call with ether', zh: '旧式的带以太币调用' },
    why: {
      en: '".call.value()()" was taken out of the language; it forwards all gas and its result is easily lost.',
      zh: '“.call.value()()” 已从语言中移除；它转发全部 gas，结果也容易被忽略。',
    },
    advice: { en: 'Write .call{value: …}("") and look at the result.', zh: '改写为 .call{value: …}("") 并检查结果。' },
  },
  {
    rule: 'avoid-low-level-calls',
    weaknesses: [],
    severity: 'low',
    confidence: 'low',
    isHint: true,
    twins: ['arbitrary-call', 'delegatecall-to-input', 'unchecked-call', 'reentrancy', 'cross-function-reentrancy'],
    title: { en: 'A low-level call', zh: '底层调用' },
    why: {
      en: 'The compiler checks neither that the other side has code nor what it answers.',
      zh: '编译器既不检查对方是否有代码，也不检查其返回内容。',
    },
    advice: { en: 'Call through an interface where there is one.', zh: '有接口时请通过接口调用。' },
  },
  {
    rule: 'avoid-sha3',
    weaknesses: ['SWC-111', 'SCWE-072'],
    severity: 'low',
    confidence: 'high',
    isHint: false,
    twins: ['deprecated-functions'],
    title: { en: 'sha3 is keccak256 by an old name', zh: 'sha3 是 keccak256 的旧名' },
    why: { en: 'The name was taken out of the language.', zh: '该名称已从语言中移除。' },
    advice: { en: 'Write keccak256.', zh: '改用 keccak256。' },
  },
  {
    rule: 'avoid-suicide',
    weaknesses: ['SWC-111', 'SCWE-072'],
    severity: 'low',
    confidence: 'high',
    isHint: false,
    twins: ['deprecated-functions'],
    title: { en: 'suicide is selfdestruct by an old name', zh: 'suicide 是 selfdestruct 的旧名' },
    why: { en: 'The name was taken out of the language.', zh: '该名称已从语言中移除。' },
    advice: { en: 'Do without it; selfdestruct is on its way out, too.', zh: '不要使用；selfdestruct 也将被弃用。' },
  },
  {
    rule: 'avoid-throw',
    weaknesses: ['SWC-111', 'SCWE-072'],
    severity: 'low',
    confidence: 'high',
    isHint: false,
    twins: ['deprecated-functions'],
    title: { en: 'throw is out of date', zh: 'throw 已过时' },
    why: {
      en: 'It burns all gas, gives no reason, and was taken out of the language.',
      zh: '它耗尽全部 gas，不给出原因，且已从语言中移除。',
    },
    advice: { en: 'Write require, or revert with a reason.', zh: '改用 require，或带原因的 revert。' },
  },
  {
    rule: 'avoid-tx-origin',
    weaknesses: ['SWC-115', 'SCWE-018'],
    severity: 'low',
    confidence: 'low',
    isHint: false,
    twins: ['tx-origin'],
    title: { en: 'tx.origin is read', zh: '读取了 tx.origin' },
    why: {
      en: 'It is who signed the transaction, not who calls; wallets that are contracts, and relays, are taken for somebody else.',
      zh: '它是交易的签名者，而不是调用者；合约钱包和中继会被误认。',
    },
    advice: {
      en: 'Use msg.sender, unless the signer is what you mean.',
      zh: '除非确实需要签名者，否则使用 msg.sender。',
    },
  },
  {
    rule: 'check-send-result',
    weaknesses: ['SWC-104', 'SCWE-048'],
    severity: 'medium',
    confidence: 'low',
    isHint: false,
    twins: ['unchecked-call'],
    title: { en: 'The result of send is not looked at here', zh: '此处未检查 send 的结果' },
    why: { en: 'send answers false where it fails, and execution goes on.', zh: 'send 失败时返回 false，执行会继续。' },
    advice: { en: 'Put it into require, or into the condition of an if.', zh: '把它放进 require 或 if 的条件中。' },
  },
  {
    rule: 'compiler-version',
    weaknesses: ['SWC-102', 'SCWE-061'],
    severity: 'low',
    confidence: 'high',
    isHint: false,
    twins: ['outdated-compiler'],
    title: { en: 'No version of the compiler, or an old one', zh: '未声明编译器版本，或版本过旧' },
    why: {
      en: 'Without a pragma any compiler is right; before 0.8 arithmetic wraps around and known faults are not mended.',
      zh: '没有 pragma 时任何编译器都可用；0.8 之前不检查溢出，且含有已知缺陷。',
    },
    advice: { en: 'Name a release of 0.8.', zh: '写明一个 0.8 版本。' },
  },
  {
    rule: 'func-visibility',
    weaknesses: ['SWC-100', 'SCWE-097'],
    severity: 'medium',
    confidence: 'high',
    isHint: false,
    twins: ['function-default-visibility'],
    title: { en: 'A function without a visibility', zh: '函数未声明可见性' },
    why: {
      en: 'Without one it is public in old compilers: anybody can call it.',
      zh: '在旧编译器中默认为 public：任何人都能调用。',
    },
    advice: { en: 'Write external, public, internal or private.', zh: '写明 external、public、internal 或 private。' },
  },
  {
    rule: 'multiple-sends',
    weaknesses: ['SWC-113'],
    severity: 'low',
    confidence: 'low',
    isHint: false,
    twins: ['payment-in-loop'],
    title: { en: 'Several payments in one transaction', zh: '一笔交易中多次付款' },
    why: { en: 'One payee who refuses holds up all the others.', zh: '任一收款方拒收都会阻塞其他付款。' },
    advice: { en: 'Let each payee fetch what is theirs.', zh: '让每个收款方自行提取。' },
  },
  {
    rule: 'no-complex-fallback',
    weaknesses: [],
    severity: 'low',
    confidence: 'low',
    isHint: false,
    twins: [],
    title: { en: 'A fallback that does much', zh: '回退函数过于复杂' },
    why: {
      en: 'It runs on calls that nobody meant, and with 2,300 gas when ether is sent by transfer.',
      zh: '它会在意外的调用中运行；以 transfer 转账时只有 2,300 gas。',
    },
    advice: { en: 'Keep it to one statement, such as an event.', zh: '保持为一条语句，例如触发事件。' },
  },
  {
    rule: 'no-immutable-before-declaration',
    weaknesses: [],
    severity: 'medium',
    confidence: 'medium',
    isHint: false,
    twins: [],
    title: { en: 'An immutable is read before it is set', zh: 'immutable 变量在赋值前被读取' },
    why: {
      en: 'Variables are initialised in the order of the text: what is read here is still 0.',
      zh: '变量按代码顺序初始化：此处读到的仍是 0。',
    },
    advice: { en: 'Move the immutable above what reads it.', zh: '把该 immutable 移到读取它的变量之前。' },
  },
  {
    rule: 'no-inline-assembly',
    weaknesses: ['SCWE-039'],
    severity: 'low',
    confidence: 'low',
    isHint: true,
    twins: ['inline-assembly'],
    title: { en: 'Inline assembly', zh: '内联汇编' },
    why: { en: 'The compiler checks no types, bounds or overflows in it.', zh: '编译器在其中不检查类型、边界和溢出。' },
    advice: {
      en: 'Keep it short, say why it is there, and test it by itself.',
      zh: '保持简短，说明用途，并单独测试。',
    },
  },
  {
    rule: 'no-unchecked-calls',
    weaknesses: ['SWC-104', 'SCWE-048'],
    severity: 'medium',
    confidence: 'high',
    isHint: false,
    twins: ['unchecked-call'],
    title: { en: 'The result of a low-level call is thrown away', zh: '丢弃了底层调用的结果' },
    why: {
      en: 'The call answers false where it fails, and execution goes on.',
      zh: '调用失败时返回 false，执行会继续。',
    },
    advice: { en: 'Keep the result and require that it is true.', zh: '保存结果并要求其为真。' },
  },
  {
    rule: 'not-rely-on-block-hash',
    weaknesses: ['SWC-120', 'SCWE-024'],
    severity: 'low',
    confidence: 'medium',
    isHint: false,
    twins: ['weak-randomness'],
    title: { en: 'The hash of a block is relied on', zh: '依赖区块哈希' },
    why: {
      en: 'Who makes the block can influence it, and everybody in the same block knows it.',
      zh: '出块者可以影响它，同一区块内的任何人都能得知。',
    },
    advice: { en: 'Use a verifiable source of randomness.', zh: '使用可验证的随机源。' },
  },
  {
    rule: 'not-rely-on-time',
    weaknesses: ['SWC-116', 'SCWE-065'],
    severity: 'low',
    confidence: 'low',
    isHint: true,
    twins: ['timestamp-dependence', 'weak-randomness'],
    title: { en: 'The time of a block is relied on', zh: '依赖区块时间' },
    why: { en: 'Who makes the block can move it by seconds.', zh: '出块者可将其偏移数秒。' },
    advice: { en: 'Make sure that a few seconds decide nothing.', zh: '确保几秒的偏差不会影响结果。' },
  },
  {
    rule: 'reentrancy',
    weaknesses: ['SWC-107', 'SCWE-046'],
    severity: 'medium',
    confidence: 'low',
    isHint: false,
    twins: ['reentrancy', 'cross-function-reentrancy'],
    title: { en: 'State is written after a transfer', zh: '转账后才写入状态' },
    why: {
      en: 'Whoever receives may call again before it is written, if what is called here lets them.',
      zh: '若被调用方允许，收款方可在写入之前再次调用。',
    },
    advice: { en: 'Write state first, then transfer.', zh: '先写状态，再转账。' },
  },
  {
    rule: 'state-visibility',
    weaknesses: ['SWC-108', 'SCWE-068'],
    severity: 'low',
    confidence: 'high',
    isHint: false,
    twins: ['state-default-visibility'],
    title: { en: 'A state variable without a visibility', zh: '状态变量未声明可见性' },
    why: {
      en: 'It is internal then, which readers easily take for private.',
      zh: '默认为 internal，容易被误以为是 private。',
    },
    advice: { en: 'Write public, internal or private.', zh: '写明 public、internal 或 private。' },
  },
];

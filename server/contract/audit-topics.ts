import { z } from 'zod';
import type { AuditFinding, FindingSeverity } from './contract-audit.ts';
import type { LocalizedText } from './localized-text.ts';

/** A matter that people ask about of a contract: the detectors that look for it, or how bad a finding is. */
type Topic = { name: LocalizedText; detectors: readonly string[]; severities?: readonly FindingSeverity[] };

export const AuditTopic = z.enum([
  're-entrancy',
  'access-control',
  'owner-powers',
  'upgrades',
  'initialiser',
  'self-destruct',
  'delegatecall',
  'tx-origin',
  'arithmetic',
  'oracle',
  'randomness',
  'timestamp',
  'signatures',
  'front-running',
  'unchecked-results',
  'denial-of-service',
  'first-deposit',
  'gas',
  'critical',
  'high',
]);
export type AuditTopic = z.infer<typeof AuditTopic>;

export const auditTopics: Record<AuditTopic, Topic> = {
  're-entrancy': {
    name: { en: 're-entrancy', zh: '重入' },
    detectors: ['reentrancy', 'cross-function-reentrancy'],
  },
  'access-control': {
    name: { en: 'access control', zh: '权限控制' },
    detectors: [
      ...['missing-access-control', 'unprotected-withdrawal', 'unprotected-selfdestruct', 'unprotected-upgrade'],
      ...['unprotected-initializer', 'front-run-initializer', 'ownership-takeover', 'arbitrary-call'],
      ...['arbitrary-storage-write', 'delegatecall-to-input', 'tx-origin', 'arbitrary-transfer-from'],
      ...['function-default-visibility', 'state-default-visibility', 'constructor-typo'],
    ],
  },
  'owner-powers': {
    name: { en: 'powers of the owner', zh: '所有者的权力' },
    detectors: ['centralisation', 'ownership-takeover', 'unprotected-withdrawal', 'unprotected-selfdestruct'],
  },
  upgrades: {
    name: { en: 'upgrades', zh: '升级' },
    detectors: ['unprotected-upgrade', 'unprotected-initializer', 'front-run-initializer', 'delegatecall-to-input'],
  },
  initialiser: {
    name: { en: 'initialisers', zh: '初始化函数' },
    detectors: ['unprotected-initializer', 'front-run-initializer', 'constructor-typo'],
  },
  'self-destruct': { name: { en: 'self-destruction', zh: '自毁' }, detectors: ['unprotected-selfdestruct'] },
  delegatecall: { name: { en: 'delegatecall', zh: 'delegatecall' }, detectors: ['delegatecall-to-input'] },
  'tx-origin': { name: { en: 'tx.origin', zh: 'tx.origin' }, detectors: ['tx-origin'] },
  arithmetic: {
    name: { en: 'overflow and rounding', zh: '溢出与舍入' },
    detectors: ['unchecked-arithmetic', 'unsafe-downcast', 'division-before-multiplication', 'mistyped-operator'],
  },
  oracle: { name: { en: 'price oracles', zh: '价格预言机' }, detectors: ['spot-price-oracle', 'stale-oracle'] },
  randomness: { name: { en: 'randomness', zh: '随机数' }, detectors: ['weak-randomness', 'timestamp-dependence'] },
  timestamp: { name: { en: 'dependence on time', zh: '时间依赖' }, detectors: ['timestamp-dependence'] },
  signatures: {
    name: { en: 'signatures', zh: '签名' },
    detectors: ['signature-replay', 'signature-malleability', 'zero-address-recovery'],
  },
  'front-running': {
    name: { en: 'front-running', zh: '抢跑' },
    detectors: ['front-run-solution', 'front-run-initializer', 'approval-race', 'no-slippage-limit', 'secret-on-chain'],
  },
  'unchecked-results': {
    name: { en: 'results that are not checked', zh: '未检查的返回值' },
    detectors: ['unchecked-call', 'unchecked-token-transfer', 'unused-return', 'transfer-and-send'],
  },
  'denial-of-service': {
    name: { en: 'denial of service', zh: '拒绝服务' },
    detectors: [
      ...['unbounded-loop', 'payment-in-loop', 'refund-blocks-next', 'message-value-in-loop', 'strict-balance'],
      ...['locked-ether', 'assert-on-input', 'hard-coded-gas'],
    ],
  },
  'first-deposit': {
    name: { en: 'inflation by the first deposit', zh: '首笔存款通胀' },
    detectors: ['first-depositor-inflation'],
  },
  gas: { name: { en: 'gas', zh: 'gas' }, detectors: [], severities: ['gas'] },
  critical: { name: { en: 'critical severity', zh: '“致命”级别' }, detectors: [], severities: ['critical'] },
  high: { name: { en: 'high severity', zh: '“高”级别' }, detectors: [], severities: ['high'] },
};

/** The findings of an audit that concern a matter. */
export function listOfTopic(findings: readonly AuditFinding[], topic: AuditTopic): AuditFinding[] {
  const { detectors, severities = [] } = auditTopics[topic];
  return findings.filter(({ detector, severity }) => detectors.includes(detector) || severities.includes(severity));
}

const mostNamed = 3;

/** What an audit says of a matter in a sentence or two: what was found and where, or that nothing was, which proves nothing. */
export function sayOfTopic(findings: readonly AuditFinding[], topic: AuditTopic): LocalizedText {
  const { name, detectors } = auditTopics[topic];
  const found = listOfTopic(findings, topic);
  if (found.length === 0) {
    const looked =
      detectors.length === 0
        ? { en: '', zh: '' }
        : { en: ` (looked for by ${detectors.join(', ')})`, zh: `（由 ${detectors.join('、')} 检查）` };
    return {
      en: `No detector found anything on ${name.en}${looked.en}. That is no proof that there is nothing.`,
      zh: `没有检测器发现与${name.zh}有关的问题${looked.zh}。这并不证明不存在问题。`,
    };
  }
  const places = (language: 'en' | 'zh') =>
    found
      .slice(0, mostNamed)
      .map(({ id, title, contract, function: own, place }) => {
        const where = [contract, own].filter((part) => part !== null).join('.');
        return `${id} ${title[language]} (${where === '' ? '' : `${where}, `}${place.file}:${place.line})`;
      })
      .join(language === 'zh' ? '；' : '; ');
  const more = found.length - mostNamed;
  return {
    en: `${found.length === 1 ? `One finding ${detectors.length === 0 ? 'is of' : 'concerns'}` : `${found.length} findings ${detectors.length === 0 ? 'are of' : 'concern'}`} ${name.en}: ${places('en')}${more > 0 ? `; and ${more} more` : ''}.`,
    zh: `共有 ${found.length} 项与${name.zh}有关的发现：${places('zh')}${more > 0 ? `；另有 ${more} 项` : ''}。`,
  };
}

import type { Detector } from '#server/platform/solidity/detector.ts';
import { findFunctions, type FunctionSource, listFunctions } from '#server/platform/solidity/source-model.ts';
import { type Call, findAll, nameOfCall, type Node } from '#server/platform/solidity/syntax.ts';

const readers = new Set(['ecrecover', 'recover', 'tryRecover', 'isValidSignatureNow']);
/** What makes one signature count once: a counter, or a list of those that were used. */
const once = /nonce|used|claimed|executed|processed|consumed|redeemed|spent|invalidated|cancel|filled|epoch|sequence/i;

const namesIn = (node: Node | null): string[] => [
  ...findAll(node, 'Identifier').map(({ name }) => name),
  ...findAll(node, 'MemberAccess').map(({ memberName }) => memberName),
];

export const signatureReplay: Detector = {
  id: 'signature-replay',
  weaknesses: ['SWC-121', 'SCWE-055'],
  severity: 'high',
  confidence: 'medium',
  title: { en: 'A signature works more than once', zh: '签名可被重复使用' },
  why: {
    en: 'Nothing that was signed is used up, or it names neither chain nor contract: it can be shown again, here or elsewhere.',
    zh: '签名内容没有被消耗，或未包含链和合约：可在此处或别处再次使用。',
  },
  advice: {
    en: 'Sign a nonce, the chain id and the contract’s address (EIP-712), and use the nonce up.',
    zh: '对 nonce、链 ID 和合约地址签名（EIP-712），并消耗 nonce。',
  },
  find: (audited) =>
    listFunctions(audited).flatMap((one: FunctionSource) => {
      if (one.contract.node.kind === 'library' || !one.isEntry) return [];
      const bodies = reachedFrom(one);
      const call = findAll(one.node.body, 'FunctionCall').find((candidate) =>
        [candidate, ...calledBy(one, candidate)].some((node) =>
          findAll(node, 'FunctionCall').some((inner) => readers.has(nameOfCall(inner))),
        ),
      );
      if (call === undefined || one.isReadOnly) return [];
      const names = bodies.flatMap(namesIn);
      const isUsedUp = names.some((name) => once.test(name));
      const isBound =
        names.some((name) => /chainid|domain|hashTyped|DOMAIN_SEPARATOR|configDigest/i.test(name)) ||
        /\bthis\b/.test(names.join(' '));
      if (isUsedUp && isBound) return [];
      const detail = isUsedUp
        ? { en: 'What is signed names neither chain nor contract.', zh: '签名内容既不含链也不含合约。' }
        : { en: 'No nonce or list of used signatures is written.', zh: '没有写入 nonce 或已用签名的记录。' };
      return [{ node: call, in: one, detail, ...(isUsedUp ? { severity: 'medium' as const } : {}) }];
    }),
};

/** The bodies of the contract's own functions that a call goes to. */
const calledBy = (one: FunctionSource, call: Call): Node[] =>
  call.expression.type !== 'Identifier'
    ? []
    : findFunctions(one.contract, nameOfCall(call))
        .filter((called) => called !== one && called.node.parameters.length === call.arguments.length)
        .flatMap(({ node }) => (node.body ? [node.body] : []));

/** A function's body, with those that it calls. */
const reachedFrom = (one: FunctionSource): (Node | null)[] => [
  one.node.body,
  ...findAll(one.node.body, 'FunctionCall').flatMap((call) => calledBy(one, call)),
];

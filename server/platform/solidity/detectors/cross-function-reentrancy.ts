import type { Audited, Detector } from '#server/platform/solidity/detector.ts';
import { canFollow } from '#server/platform/solidity/effects.ts';
import { isLocked, isRestricted } from '#server/platform/solidity/guards.ts';
import { listEntries } from '#server/platform/solidity/source-model.ts';
import type { Node } from '#server/platform/solidity/syntax.ts';
import { isTrustedTarget } from '#server/platform/solidity/trusted-target.ts';

export const crossFunctionReentrancy: Detector = {
  id: 'cross-function-reentrancy',
  weaknesses: ['SWC-107', 'SCWE-046'],
  severity: 'high',
  confidence: 'medium',
  title: { en: 'Another function can be entered during a call', zh: '外部调用期间可进入另一函数' },
  why: {
    en: 'The lock is on this function only. During its call the other side can enter another function that uses the same state, which is not written yet.',
    zh: '重入锁只加在此函数上。外部调用期间，对方可以进入使用同一状态的另一函数，而该状态尚未更新。',
  },
  advice: {
    en: 'Put the same lock on all functions that share the state, or write the state before the call.',
    zh: '为所有共享该状态的函数加上同一把锁，或在调用之前写入状态。',
  },
  find: (audited) => {
    const entries = listEntries(audited);
    return entries.filter(isLocked).flatMap((one) => {
      const effects = audited.effectsOf(one);
      for (const [place, call] of effects.entries()) {
        if (call.kind !== 'call' || call.call.isShort || isTrustedTarget(call.in, call.call.target)) continue;
        for (const later of effects.slice(place + 1)) {
          if (later.kind !== 'write' || !canFollow(call, later)) continue;
          const other = entries.find(
            (entry) =>
              entry !== one &&
              one.contract.lineage.includes(entry.contract) &&
              !isLocked(entry) &&
              !isRestricted(entry) &&
              audited
                .effectsOf(entry)
                .some(
                  (effect) =>
                    effect.kind === 'read' && effect.variable === later.variable && !isAddedTo(audited, effect.node),
                ),
          );
          if (other === undefined) continue;
          const { variable } = later;
          return [
            {
              node: call.node,
              in: call.in,
              detail: {
                en: `"${other.name}" uses "${variable}" without the lock.`,
                zh: `“${other.name}”未加锁便使用“${variable}”。`,
              },
            },
          ];
        }
      }
      return [];
    });
  },
};

/** `held[msg.sender] += value` only adds: an old value does it no harm. */
function isAddedTo({ parentOf }: Audited, node: Node): boolean {
  let [at, above] = [node, parentOf(node)];
  while (above?.type === 'IndexAccess' || above?.type === 'MemberAccess') [at, above] = [above, parentOf(above)];
  return above?.type === 'BinaryOperation' && above.operator === '+=' && above.left === at;
}

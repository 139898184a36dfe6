import { isLocked } from '#server/platform/solidity/guards.ts';
import type { Detector } from '#server/platform/solidity/detector.ts';
import { canFollow } from '#server/platform/solidity/effects.ts';
import { listEntries } from '#server/platform/solidity/source-model.ts';
import { isTrustedTarget } from '#server/platform/solidity/trusted-target.ts';

export const reentrancy: Detector = {
  id: 'reentrancy',
  weaknesses: ['SWC-107', 'SCWE-046'],
  severity: 'high',
  confidence: 'high',
  title: { en: 'State changes after an outgoing call', zh: '外部调用之后才修改状态' },
  why: {
    en: 'The other side can call back before the state is written, and act on the old value again and again.',
    zh: '被调用方可以在状态写入之前回调，从而反复利用旧的状态值。',
  },
  advice: {
    en: 'Write the state first and call last (checks, effects, interactions), or put a lock (nonReentrant) on the function.',
    zh: '先写状态、最后再调用（检查—生效—交互），或为函数加上重入锁（nonReentrant）。',
  },
  find: (audited) =>
    listEntries(audited).flatMap((one) => {
      if (isLocked(one)) return [];
      const effects = audited.effectsOf(one);
      for (const [place, call] of effects.entries()) {
        if (call.kind !== 'call' || call.call.isShort || isTrustedTarget(call.in, call.call.target)) continue;
        const written = effects
          .slice(place + 1)
          .find(
            (later) =>
              later.kind === 'write' &&
              canFollow(call, later) &&
              effects.slice(0, place).some((sooner) => sooner.kind === 'read' && sooner.variable === later.variable),
          );
        if (written?.kind !== 'write') continue;
        const isSure = call.call.kind === 'low-level' || call.call.kind === 'delegate';
        return [
          {
            node: call.node,
            in: call.in,
            confidence: isSure ? 'high' : 'medium',
            detail: {
              en: `"${written.variable}" is written only after this call.`,
              zh: `“${written.variable}”在此调用之后才写入。`,
            },
          },
        ];
      }
      return [];
    }),
};

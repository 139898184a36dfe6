import type { Detector } from '#server/platform/solidity/detector.ts';
import { canFollow, type Effect } from '#server/platform/solidity/effects.ts';
import { isLocked, isRestricted } from '#server/platform/solidity/guards.ts';
import { type FunctionSource, listEntries, stateAt } from '#server/platform/solidity/source-model.ts';
import { findAll, rootOf } from '#server/platform/solidity/syntax.ts';
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
              !isRestored(later) &&
              effects.slice(0, place).some((sooner) => sooner.kind === 'read' && sooner.variable === later.variable),
          );
        if (written?.kind !== 'write') continue;
        const isSure = call.call.kind === 'low-level' || call.call.kind === 'delegate';
        return [
          {
            // A function whose inner one makes the call is weak where it calls that one.
            node: call.site,
            in: one,
            confidence: isSure ? 'high' : 'medium',
            ...(isRestricted(one) || isChosenByOwner(call.in, call.call.target, isSure)
              ? { severity: 'medium' as const }
              : {}),
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

/** A contract that is kept in a variable: who may set it chose it, not who calls. */
const isChosenByOwner = (one: FunctionSource, target: Parameters<typeof rootOf>[0] | null, isSure: boolean): boolean =>
  !isSure && target !== null && stateAt(one, rootOf(target)) !== null;

/** A variable gets back what it had before: `before = x; …; x = before`. */
function isRestored({ node, in: one, ...effect }: Effect): boolean {
  if (effect.kind !== 'write' || node.type !== 'BinaryOperation' || node.right.type !== 'Identifier') return false;
  const { name } = node.right;
  return findAll(one.node.body, 'VariableDeclarationStatement').some(
    ({ variables, initialValue }) =>
      (variables[0] as { name?: string | null } | null)?.name === name &&
      initialValue?.type === 'Identifier' &&
      initialValue.name === effect.variable,
  );
}

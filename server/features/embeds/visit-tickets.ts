import { randomBytes } from 'node:crypto';
import { isSameSecret } from '#server/is-same-secret.ts';

const lifeMs = 10 * 60_000;

/**
 * Tokens of visits in which nothing was said yet. They are signed instead of stored, so that who only looks leaves nothing in
 * the hub; the first message makes a visit of one, for ten minutes.
 */
export function createVisitTickets({ sign, now }: { sign: (text: string) => string; now: () => Date }) {
  const seal = (agentId: string, ticket: string) => sign(`visit:${agentId}:${ticket}`);
  return {
    make: (agentId: string): string => {
      const ticket = `${randomBytes(18).toString('base64url')}.${now().getTime().toString(36)}`;
      return `${ticket}.${seal(agentId, ticket)}`;
    },
    isGood: (agentId: string, token: string): boolean => {
      const [chance = '', at = '', signature = ''] = token.split('.');
      const ageMs = now().getTime() - Number.parseInt(at, 36);
      return isSameSecret(signature, seal(agentId, `${chance}.${at}`)) && ageMs >= 0 && ageMs < lifeMs;
    },
  };
}

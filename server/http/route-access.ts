import type { Actor } from '#server/contract/actor.ts';
import type { Scope } from '#server/contract/api-key.ts';
import { HubError } from '#server/hub-error.ts';
import type { RouteAccess } from './request-types.ts';

export type AccessRule = { access: RouteAccess; scope: Scope | undefined };

/** The scope that a key needs on a route, or null where no key is let in. */
export function scopeFor(rule: AccessRule): Scope | null {
  return rule.scope ?? (rule.access === 'administrator' ? 'admin' : null);
}

/** Why an actor may not call a route, or null. */
export function findRefusal(actor: Actor, rule: AccessRule): HubError | null {
  if (rule.access === 'public' || rule.access === 'anonymous') return null;
  if (actor.key !== null) {
    const scope = scopeFor(rule);
    if (scope === null) {
      return new HubError('insufficient_scope', {
        en: 'No API key can do this. Sign in to do it in the page.',
        zh: 'API 密钥不能做此操作。请登录页面操作。',
      });
    }
    if (!actor.key.scopes.includes(scope)) {
      return new HubError('insufficient_scope', {
        en: `This API key lacks the scope "${scope}". Make a key that has it.`,
        zh: `此 API 密钥没有“${scope}”权限，请新建带此权限的密钥。`,
      });
    }
  }
  if (rule.access === 'administrator' && actor.role !== 'administrator') {
    return new HubError('forbidden', {
      en: 'Only administrators of this hub may do this.',
      zh: '只有此中枢的管理员可以这样做。',
    });
  }
  return null;
}

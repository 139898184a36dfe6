import { egressRefused } from './egress-errors.ts';
import type { OutgoingBody } from './open-response.ts';
import { withoutSecrets } from './request-headers.ts';

export type Step = { url: URL; method: string; headers: [string, string][]; body: OutgoingBody | null };

const redirects = new Set([301, 302, 303, 307, 308]);

export const isRedirect = (status: number, location: string | undefined): location is string =>
  location !== undefined && redirects.has(status);

/**
 * The request that follows a redirect, as the Fetch standard has it, but stricter between origins: only harmless headers
 * go along, a body does not go along, and https never becomes http.
 *
 * @throws {HubError} `egress_refused`
 */
export function planRedirect(step: Step, status: number, location: string): Step {
  if (!URL.canParse(location, step.url))
    throw egressRefused(step.url.host, { en: 'it redirects to something that is no URL', zh: '其重定向目标不是 URL' });
  const url = new URL(location, step.url);
  if (step.url.protocol === 'https:' && url.protocol === 'http:') {
    throw egressRefused(url.host, {
      en: `${step.url.host} redirects from https to http`,
      zh: `${step.url.host} 从 https 重定向到 http`,
    });
  }
  const becomesGet = (status === 303 && step.method !== 'HEAD') || (status < 303 && step.method === 'POST');
  const isSameOrigin = url.origin === step.url.origin;
  if (!becomesGet && !isSameOrigin && step.body !== null) {
    throw egressRefused(url.host, {
      en: `${step.url.host} redirects the request's content to another origin`,
      zh: `${step.url.host} 将请求内容重定向到另一来源`,
    });
  }
  const headers = isSameOrigin ? step.headers : withoutSecrets(step.headers);
  return becomesGet
    ? { url, method: 'GET', headers: headers.filter(([name]) => !/^content-/i.test(name)), body: null }
    : { ...step, url, headers };
}

import { isAddress, isPublic } from './check-address.ts';
import { egressRefused } from './egress-errors.ts';

/** Where a request goes, after all checks that need no name resolution. */
export type Target = {
  origin: string;
  /** As people write it: with the port when it is not the usual one. */
  shown: string;
  /** `host:port` as the allow-list has it. */
  entry: string;
  /** An administrator allowed it, wherever it leads. */
  allowed: boolean;
};

const localName = /(^|\.)(localhost|local|internal|home\.arpa)$/;
const usualPorts: Record<string, string> = { 'http:': '80', 'https:': '443' };

const entryOf = (url: URL) =>
  `${url.hostname.replace(/\.+$/, '')}:${url.port === '' ? usualPorts[url.protocol] : url.port}`;

function toEntry(text: string): string {
  const isComplete = /^(\[[0-9a-f:.]+\]|[^\s:/@?#*]+):\d{1,5}$/i.test(text);
  if (!isComplete || !URL.canParse(`http://${text}`)) {
    throw new Error(`HUB_EGRESS_ALLOW: "${text}" is not a host and port such as 127.0.0.1:11434 or [::1]:8080.`);
  }
  return entryOf(new URL(`http://${text}`));
}

/** Reads what somebody wrote as a URL that the hub may go to. */
export function parseUrl(text: string | URL): URL {
  if (text instanceof URL) return text;
  if (!URL.canParse(text)) throw egressRefused(null, { en: 'it is not a complete URL', zh: '不是完整的 URL' });
  return new URL(text);
}

/**
 * Makes the check that every outgoing request and every redirect passes first.
 *
 * @param allowed - `host:port` entries of an administrator
 * @param itself - entries at which the hub is reached: refused, even where they are allowed
 * @throws {Error} if an entry is not a host and port
 */
export function createTargetCheck(allowed: string[], itself: string[] = []) {
  const entries = new Set(allowed.map(toEntry));
  const ownEntries = new Set(itself.map(toEntry));

  /** @throws {HubError} `egress_refused` */
  return function checkTarget(url: URL): Target {
    const usualPort = usualPorts[url.protocol];
    if (usualPort === undefined) {
      const scheme = url.protocol.replace(':', '');
      throw egressRefused(null, {
        en: `only http and https are spoken, not ${scheme}`,
        zh: `只支持 http 和 https，不支持 ${scheme}`,
      });
    }
    if (url.username !== '' || url.password !== '') {
      throw egressRefused(url.host, { en: 'the URL holds a user name or password', zh: 'URL 中含有用户名或密码' });
    }
    const entry = entryOf(url);
    if (ownEntries.has(entry)) throw egressRefused(url.host, { en: 'it is this hub itself', zh: '这是本中枢自身' });
    const isAllowed = entries.has(entry);
    if (!isAllowed) {
      if (url.port !== '' && url.port !== '80' && url.port !== '443') {
        throw egressRefused(
          url.host,
          { en: `port ${url.port} is not a web port`, zh: `端口 ${url.port} 不是网页端口` },
          entry,
        );
      }
      const host = url.hostname.replace(/^\[|\]$/g, '').replace(/\.+$/, '');
      if (isAddress(host) ? !isPublic(host) : host === '' || localName.test(host)) {
        throw egressRefused(url.host, { en: 'it is not on the public internet', zh: '不在公网上' }, entry);
      }
    }
    return { origin: url.origin, shown: url.host, entry, allowed: isAllowed };
  };
}

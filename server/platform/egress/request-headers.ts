// `host` would choose another certificate and site than the one checked; the others belong to the connection.
const notForCallers = new Set([
  'host',
  'connection',
  'content-length',
  'expect',
  'keep-alive',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'accept-encoding',
]);

const carriedAcrossOrigins = new Set(['accept', 'accept-language', 'user-agent', 'content-language', 'content-type']);

/** Headers as names and values in turn, without those that only the connection may set. */
export function toHeaderList(
  headers: Iterable<readonly [string, string]>,
  acceptEncoding: 'gzip' | 'identity',
): string[] {
  const list = ['accept-encoding', acceptEncoding];
  for (const [name, value] of headers) {
    if (!notForCallers.has(name.toLowerCase())) list.push(name, value);
  }
  return list;
}

/** What may follow a redirect to another origin: nothing that could be a secret, however it is named. */
export const withoutSecrets = (headers: [string, string][]): [string, string][] =>
  headers.filter(([name]) => carriedAcrossOrigins.has(name.toLowerCase()));

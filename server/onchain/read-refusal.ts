/**
 * What a node's refusal means, as far as its words tell. Providers share neither codes nor sentences: each pattern was seen
 * at one of them (`test/onchain/rpc-refusals.test.ts` has them word for word).
 */
export type Refusal =
  /** The contract refuses, or the call is wrong: every node would answer the same. */
  | 'final'
  /** More than this node gives at once; another may give more. */
  | 'too-wide'
  /** The node has not seen that block yet. */
  | 'unknown-block'
  /** The node keeps no state or history of that block. */
  | 'pruned'
  | 'rate-limited'
  /** It wants a key, or another one. */
  | 'no-access'
  /** The whole node is unwell, whatever is asked. */
  | 'unwell'
  | 'other';

const reverted =
  /execution reverted|^revert|vm execution error|reverted with|invalid opcode|out of gas|stack (?:under|over)flow|bad instruction/i;
const pruned =
  /missing trie node|prun(?:ed|ing)|histor(?:y|ical) (?:state|data|rpc|backend)|state .*not available|no state available|archive|BlockOutOfRange|proof window|state already discarded|older than (?:the )?(?:earliest|oldest)/i;
const unknownBlock =
  /header not found|header for hash not found|unknown block|block(?: number)? not found|(?:could not|cannot|unable to) find block|blocks? specified .*(?:cannot be|not) found|body not found for block|(?:beyond|ahead of|greater than|above) (?:the )?(?:current |chain |latest )?(?:head|latest|tip)|after last accepted block|block (?:number )?is out of range|future block|block.* in (?:the )?future|unfinalized data|block not yet/i;
const tooWide =
  /\branges?\b(?!.*\bparams\b)|blocks? distance|(?:more than|exceeds? (?:the )?(?:limit of|max(?:imum)?(?: of)?)) ?[\d,_]* ?(?:results?|logs?|blocks?)|logs matched .*exceed|too many (?:results|logs|blocks|events)|at most [\d,]+ blocks|(?:response|result|logs?)(?: set| size|) (?:is |was )?(?:too (?:large|big)|exceeded|limit)|response size|(?:log )?query (?:timed out|timeout)|reduc(?:e|ing) (?:your |the )?(?:block|query)/i;
const rateLimited =
  /rate.?limit|too many (?:requests|calls)|(?:request|call|compute unit|credit|usage|capacity|quota|daily|monthly)s? (?:count |rate |per second |capacity )*(?:limit|quota|exceeded|exhausted|reached|capacity)|exceeded .*(?:compute units|throughput|quota|requests)|quota|\/second|credits limited|server (?:is )?(?:busy|overloaded)|over capacity/i;
const noAccess =
  /unauthori[sz]ed|must be authenticated|authenticate your request|(?:invalid|missing|wrong|disabled|expired) (?:api.?key|project id|access token)|api.?key (?:is |has been )?(?:invalid|required|missing|disabled|expired)|forbidden origin|not on the (?:origin|ip) whitelist/i;
const unwell =
  /no backend is currently healthy|no available (?:upstream|backend|node)|all upstreams|bad gateway|gateway time-?out|service (?:temporarily )?unavailable|backend is (?:offline|unhealthy)/i;

const rateLimitCodes = new Set([429, -32_007, -32_016, -32_029, -32_090]);
/** Wrong parameters; also what many providers answer with to what they do not give for nothing. */
const invalidParameters = -32_602;
const isAboutParameters = /invalid|missing|expected|unmarshal|argument|parameter|params|decode/i;
const limitExceeded = -32_005;

/** The order matters: `range` is a word of many sentences, and a contract may revert with any. */
export function readRefusal({ code, message }: { code: number; message: string }): Refusal {
  if (code === 3 || code === -32_015 || reverted.test(message)) return 'final';
  if (pruned.test(message) || code === 4_444) return 'pruned';
  if (unknownBlock.test(message)) return 'unknown-block';
  if (noAccess.test(message)) return 'no-access';
  if (/\bbatch/i.test(message) && !/rate.?limit/i.test(message)) return 'other';
  if (tooWide.test(message)) return 'too-wide';
  if (rateLimitCodes.has(code) || code === limitExceeded || rateLimited.test(message)) return 'rate-limited';
  if (unwell.test(message)) return 'unwell';
  if (code === invalidParameters && (message === '' || isAboutParameters.test(message))) return 'final';
  return 'other';
}

/** Whether a bare "limit exceeded" is about what was asked: some nodes say so of any range of logs, and of no other call. */
export function isLogLimit(method: string, { code, message }: { code: number; message: string }): boolean {
  return method === 'eth_getLogs' && code === limitExceeded && /^\W*limit exceeded\W*$/i.test(message);
}

const asNumber = (digits: string, thousands = ''): number =>
  Number(digits.replaceAll(/[,_]/g, '')) * (thousands === '' ? 1 : 1_000);

/** "exceeds limit of 10000", "limited to 0 - 50 blocks", "up to a 2K block range", "max block range = 5000". */
const widthWords =
  /(?:limit(?:ed)?|max(?:imum)?|up to|over|allowed|at most)\b\D{0,40}(?:0 ?- ?)?(?<!\d)(\d[\d,_]*)(k?)\b(?!\s*(?:results|logs|events|ms\b|s\b|mb|bytes))/gi;
/** It is the number of logs that is limited, or the size of the answer: a wider range with fewer would do. */
const isAboutResults = /size|(?:more than|max(?:imum)?) [\d,]* ?(?:results|logs)|max(?:imum)? results|logs matched/i;

/** How many blocks a node gives at once, where its refusal names a fixed width. */
export function findStatedWidth(message: string): number | null {
  if (isAboutResults.test(message)) return null;
  const found = [...message.matchAll(widthWords)]
    .map(([, digits = '', thousands = '']) => asNumber(digits, thousands))
    .filter((width) => width > 0 && width < 1e9);
  return found.length === 0 ? null : Math.min(...found);
}

/** How many blocks a node says that it would give of what was asked: `[0x123c9b2, 0x123cba5]`, or `1-2`. */
export function findSuggestedWidth(message: string): number | null {
  const [, from, to] =
    /\[\s*(0x[\da-f]+|\d+)\s*,\s*(0x[\da-f]+|\d+)\s*\]/i.exec(message) ??
    /with the range (\d+) ?- ?(\d+)/i.exec(message) ??
    [];
  if (from === undefined || to === undefined) return null;
  const width = Number(to) - Number(from) + 1;
  return Number.isSafeInteger(width) && width > 0 ? width : null;
}

/** How many calls a batch may have, where the refusal of one says so. */
export function findBatchLimit(message: string): number | null {
  if (!/batch/i.test(message)) return null;
  const [, digits = ''] =
    /(?:more than|max(?:imum)?(?: of)?|limit(?: of)?|up to|allowed(?: is)?)\D{0,24}(\d[\d,]*)/i.exec(message) ?? [];
  const limit = asNumber(digits);
  return limit > 0 ? limit : null;
}

/** When a node that limits wants to be asked again: "retry in 10m0s", or Infura's `data.rate.backoff_seconds`. */
export function findRetryMs({ message, data }: { message: string; data?: unknown }): number | null {
  const said = /(?:retry|again) (?:in|after)\s+(?:(\d+)m)?(?:(\d+(?:\.\d+)?)\s*(ms|s|sec))?/i.exec(message);
  const [, minutes, seconds, unit] = said ?? [];
  if (minutes !== undefined || seconds !== undefined) {
    return Number(minutes ?? 0) * 60_000 + Number(seconds ?? 0) * (unit === 'ms' ? 1 : 1_000);
  }
  const backoff = (data as { rate?: { backoff_seconds?: unknown } } | null | undefined)?.rate?.backoff_seconds;
  return typeof backoff === 'number' && backoff > 0 ? Math.ceil(backoff * 1000) : null;
}

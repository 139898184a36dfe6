import type { Egress } from '#server/platform/egress/create-egress.ts';

type Call = { headers?: Record<string, string>; method?: 'GET' | 'POST'; body?: string; signal?: AbortSignal };
type Answer = { status: number; text: string };

/** Both ways out of the hub, called alike, so that one table is run against each. */
export const doors: { name: string; call: (egress: Egress, url: string, call?: Call) => Promise<Answer> }[] = [
  {
    name: 'fetch',
    call: async (egress, url, { signal, ...call } = {}) => {
      const answer = await egress.fetch(url, {
        ...call,
        signal: signal ?? new AbortController().signal,
        maximumBytes: 1_000_000,
        timeoutMs: 20_000,
      });
      return { status: answer.status, text: Buffer.from(answer.bytes).toString() };
    },
  },
  {
    name: 'streamingFetch',
    call: async (egress, url, call = {}) => {
      const answer = await egress.streamingFetch(url, call);
      return { status: answer.status, text: await answer.text() };
    },
  },
];

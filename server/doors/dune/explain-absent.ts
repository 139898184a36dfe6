import { HubError } from '#server/hub-error.ts';

/** What Dune's clients ask for that is elsewhere here, by what their addresses begin with. */
const elsewhere: readonly [RegExp, string][] = [
  [
    /^\/api\/v1\/(?:uploads|table)(?:\/|$)/,
    'This hub takes tables at POST /api/datasets (CSV, JSON, Parquet), or in its page under SQL; it has no uploads of Dune.',
  ],
  [
    /^\/api\/v1\/datasets(?:\/|$)/,
    'The tables of this hub are listed at GET /api/tables; it does not have the datasets of Dune.',
  ],
  [
    /^\/api\/v1\/(?:materialized-views|matviews)(?:\/|$)/,
    'This hub has no materialised views. A dashboard refreshes its queries on a schedule.',
  ],
  [
    /^\/api\/v1\/(?:pipelines\/|query\/[^/]+\/pipeline)/,
    'This hub has no pipelines: execute each query by POST /api/v1/query/{number}/execute.',
  ],
  [
    /^\/api\/v1\/endpoints\//,
    'This hub has no custom endpoints: read the last result of a query at GET /api/v1/query/{number}/results.',
  ],
  [/^\/api\/v1\/usage(?:\/|$)/, 'This hub counts no credits.'],
];

/** The failure of an address of Dune that this hub does not have, with what to use instead; null: there is nothing to say. */
export function explainAbsent(path: string): HubError | null {
  const words = elsewhere.find(([address]) => address.test(path))?.[1];
  return words === undefined ? null : new HubError('not_found', words);
}

import type { LocalizedText } from '#server/contract/localized-text.ts';
import { HubError } from '#server/hub-error.ts';

/** What Dune's clients ask for that is elsewhere here, by what their addresses begin with. */
const elsewhere: readonly [RegExp, LocalizedText][] = [
  [
    /^\/api\/v1\/(?:uploads|table)(?:\/|$)/,
    {
      en: 'This hub takes tables at POST /api/datasets (CSV, JSON, Parquet), or in its page under SQL; it has no uploads of Dune.',
      zh: '此中枢通过 POST /api/datasets（CSV、JSON、Parquet）或页面的“SQL”接收表；没有 Dune 的上传接口。',
    },
  ],
  [
    /^\/api\/v1\/datasets(?:\/|$)/,
    {
      en: 'The tables of this hub are listed at GET /api/tables; it does not have the datasets of Dune.',
      zh: '此中枢的表列在 GET /api/tables；没有 Dune 的数据集。',
    },
  ],
  [
    /^\/api\/v1\/(?:materialized-views|matviews)(?:\/|$)/,
    {
      en: 'This hub has no materialised views. A dashboard refreshes its queries on a schedule.',
      zh: '此中枢没有物化视图。仪表板会按计划刷新其查询。',
    },
  ],
  [
    /^\/api\/v1\/(?:pipelines\/|query\/[^/]+\/pipeline)/,
    {
      en: 'This hub has no pipelines: execute each query by POST /api/v1/query/{number}/execute.',
      zh: '此中枢没有流水线：请用 POST /api/v1/query/{number}/execute 逐个运行查询。',
    },
  ],
  [
    /^\/api\/v1\/endpoints\//,
    {
      en: 'This hub has no custom endpoints: read the last result of a query at GET /api/v1/query/{number}/results.',
      zh: '此中枢没有自定义端点：请在 GET /api/v1/query/{number}/results 读取查询的最近结果。',
    },
  ],
  [/^\/api\/v1\/usage(?:\/|$)/, { en: 'This hub counts no credits.', zh: '此中枢不计算额度。' }],
];

/** The failure of an address of Dune that this hub does not have, with what to use instead; null: there is nothing to say. */
export function explainAbsent(path: string): HubError | null {
  const words = elsewhere.find(([address]) => address.test(path))?.[1];
  return words === undefined ? null : new HubError('not_found', words);
}

import { send } from '#web/lib/api-client.ts';

/** An answer on paper, in the page's language. */
export const readReport = async (run: string): Promise<Blob> =>
  (await send({ path: `/api/runs/${encodeURIComponent(run)}/report.pdf` })).blob();

import { queryOptions } from '@tanstack/react-query';
import { Analysis, type AnalysisKind, AnalysisSummary } from '#server/contract/analysis.ts';
import { request, send, toUrl } from '#web/lib/api-client.ts';
import { usePageList } from '#web/lib/use-page-list.ts';

export const analysesKey = ['analyses'];
const path = '/api/analyses';
const pathOf = (analysis: string) => `${path}/${encodeURIComponent(analysis)}`;

export const useAnalyses = () => usePageList({ key: [...analysesKey, 'own'], path, item: AnalysisSummary });

export const analysisQuery = (analysis: string) =>
  queryOptions({
    queryKey: [...analysesKey, analysis],
    queryFn: ({ signal }) => request({ path: pathOf(analysis), schema: Analysis, signal }),
    staleTime: Infinity,
  });

export const createAnalysis = (kind: AnalysisKind, body: object) =>
  request({ path: `${path}/${kind}`, method: 'POST', body, schema: Analysis });

export const deleteAnalysis = (analysis: string) =>
  request({ path: pathOf(analysis), method: 'DELETE', keepalive: true });

export const chartAddress = (analysis: string, chart: string, language: 'en' | 'zh') =>
  toUrl(`${pathOf(analysis)}/charts/${encodeURIComponent(chart)}`, { language });

/** The report as a file, in the page's language. */
export const readReport = async (analysis: string, kind: 'md' | 'pdf'): Promise<Blob> =>
  (await send({ path: `${pathOf(analysis)}/report.${kind}` })).blob();

import { v7 } from 'uuid';
import type { Actor } from '#server/contract/actor.ts';
import { createChartReports } from '#server/chart-reports.ts';
import { toAnalysisCharts } from '#server/contract/analysis-charts.ts';
import type {
  Analysis,
  AnalysisReport,
  AnalysisSummary,
  ForecastInput,
  IndicatorInput,
  ProfileInput,
} from '#server/contract/analysis.ts';
import type { Page, PageQuery } from '#server/contract/page.ts';
import { isWholePerson } from '#server/is-whole-person.ts';
import { readPageCursor, toPage } from '#server/page-cursor.ts';
import type { Analyses } from './analyse.ts';
import { analysesRefused, analysisNotFound, chartNotFound, tooManyAnalyses } from './analysis-errors.ts';
import type { ReportPorts } from './analysis-ports.ts';
import type { AnalysisRepository } from './analysis-repository.ts';
import { toMarkdown, toReportBlocks } from './to-markdown.ts';

const mostAnalyses = 500;

type Needs = { repository: AnalysisRepository; analyses: Analyses; ports: ReportPorts };

/** Analyses of tables and series: made on request, kept for who asked, deleted by them. */
export function createAnalysisService({ repository, analyses, ports }: Needs) {
  function check(actor: Actor): string {
    if (!isWholePerson(actor)) throw analysesRefused();
    return actor.userId;
  }

  async function keep(
    actor: Actor,
    title: string | undefined,
    analyse: () => Promise<AnalysisReport>,
  ): Promise<Analysis> {
    const userId = check(actor);
    if ((await repository.count(userId)) >= mostAnalyses) throw tooManyAnalyses(mostAnalyses);
    const report = await analyse();
    const made = {
      id: v7(),
      userId,
      kind: report.kind,
      title: title ?? toTitle(report),
      report,
      createdAt: ports.now(),
    };
    await repository.create(made);
    return toAnalysis(made);
  }

  async function get(actor: Actor, id: string): Promise<Analysis> {
    const found = await repository.find(id, check(actor));
    if (found === null) throw analysisNotFound();
    return toAnalysis(found);
  }

  const writeMarkdown = async (actor: Actor, id: string, language: 'en' | 'zh'): Promise<string> =>
    toMarkdown(await get(actor, id), language);

  return {
    get,
    writeMarkdown,

    profile: (actor: Actor, { title, source }: ProfileInput, signal: AbortSignal) =>
      keep(actor, title, () => analyses.profile(actor, source, signal)),

    forecast: (actor: Actor, { title, ...asked }: ForecastInput, signal: AbortSignal) =>
      keep(actor, title, () => analyses.forecast(actor, asked, signal)),

    indicators: (actor: Actor, { title, ...asked }: IndicatorInput, signal: AbortSignal) =>
      keep(actor, title, () => analyses.indicators(actor, asked, signal)),

    list: async (actor: Actor, { limit, cursor }: PageQuery): Promise<Page<AnalysisSummary>> => {
      const found = await repository.list(check(actor), { after: readPageCursor(cursor), limit: limit + 1 });
      const page = toPage(found, limit, ({ createdAt, id }) => ({ at: createdAt, id }));
      return { ...page, items: page.items.map(toSummary) };
    },

    remove: async (actor: Actor, id: string): Promise<void> => {
      if (!(await repository.remove(id, check(actor)))) throw analysisNotFound();
    },

    ...createChartReports({
      get,
      listCharts: ({ report }, language) => toAnalysisCharts(report, language),
      toReport: toReportBlocks,
      chartNotFound,
      ...ports,
    }),
  };
}
export type AnalysisService = ReturnType<typeof createAnalysisService>;

type Kept = Omit<AnalysisSummary, 'createdAt'> & { createdAt: Date };

const toSummary = ({ id, kind, title, createdAt }: Kept): AnalysisSummary => ({
  id,
  kind,
  title,
  createdAt: createdAt.toISOString(),
});

const toAnalysis = ({ report, ...kept }: Kept & { report: AnalysisReport }): Analysis => ({
  ...toSummary(kept),
  report,
  charts: toAnalysisCharts(report, 'en').map(({ id, title }) => ({ id, title })),
});

const toTitle = (report: AnalysisReport): string =>
  report.kind === 'profile' ? report.source : `${report.series.source}: ${report.series.value}`.slice(0, 120);

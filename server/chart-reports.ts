import type { Actor } from '#server/contract/actor.ts';
import type { JsonObject } from '#server/contract/json.ts';
import type { LocalizedText } from '#server/contract/localized-text.ts';
import type { ReportBlock } from '#server/contract/report-block.ts';
import type { HubError } from '#server/hub-error.ts';

type Language = keyof LocalizedText;
type Chart = { id: string; title: LocalizedText; specification: JsonObject };
type DrawChart = (specification: JsonObject, signal: AbortSignal) => Promise<string>;

type Needs<Made> = {
  get: (actor: Actor, id: string) => Promise<Made>;
  listCharts: (made: Made, language: Language) => Chart[];
  /** @param charts - each under its title */
  toReport: (made: Made, charts: ReportBlock[], language: Language) => ReportBlock[];
  chartNotFound: () => HubError;
  drawChart: DrawChart;
  writePdf: (blocks: ReportBlock[]) => Uint8Array;
};

/** What is kept and has charts: each of them as SVG, and all of it on paper. */
export function createChartReports<Made>({ get, listCharts, toReport, chartNotFound, ...ports }: Needs<Made>) {
  return {
    /** One of its charts as SVG. */
    drawChart: async (
      actor: Actor,
      { id, chart, language }: { id: string; chart: string; language: Language },
      signal: AbortSignal,
    ): Promise<string> => {
      const found = listCharts(await get(actor, id), language).find((one) => one.id === chart);
      if (found === undefined) throw chartNotFound();
      return ports.drawChart(found.specification, signal);
    },

    /** The report with its charts. */
    writePdf: async (actor: Actor, id: string, language: Language, signal: AbortSignal): Promise<Uint8Array> => {
      const made = await get(actor, id);
      const charts = listCharts(made, language).map(({ title, specification }) => ({
        title: title[language],
        specification,
      }));
      return ports.writePdf(toReport(made, await drawCharts(charts, ports.drawChart, signal), language));
    },
  };
}

/** Charts for a report, one after another, each under its title. */
export async function drawCharts(
  charts: Iterable<{ title: string; specification: JsonObject }>,
  drawChart: DrawChart,
  signal: AbortSignal,
): Promise<ReportBlock[]> {
  const blocks: ReportBlock[] = [];
  for (const { title, specification } of charts) {
    blocks.push({ kind: 'text', markdown: `### ${title.replaceAll(/\s+/g, ' ').trim()}` });
    blocks.push({ kind: 'picture', svg: await drawChart(specification, signal) });
  }
  return blocks;
}

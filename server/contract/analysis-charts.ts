import type { AnalysisReport, ForecastReport, IndicatorReport, ProfileReport } from './analysis.ts';
import { chartLookIn } from './chart-look.ts';
import { toColumnTitle, withChinese } from './column-title.ts';
import { chartPalette } from './chart-palette.ts';
import { forecastModelNames } from './forecast-model-names.ts';
import type { JsonObject, JsonValue } from './json.ts';
import type { LocalizedText } from './localized-text.ts';

export type AnalysisChart = { id: string; title: LocalizedText; specification: JsonObject };

type Language = keyof LocalizedText;
type Row = Record<string, JsonValue>;

const schema = 'https://vega.github.io/schema/vega-lite/v6.json';
const width = 640;
const mostDrawnColumns = 12;
const mostDrawn = 400;

/** The charts of a report, as Vega-Lite specifications with their data inline; the same report gives the same charts. */
export function toAnalysisCharts(report: AnalysisReport, language: Language): AnalysisChart[] {
  const config = chartLookIn(language);
  return listCharts(report, language).map((chart) => ({ ...chart, specification: { ...chart.specification, config } }));
}

function listCharts(report: AnalysisReport, language: Language): AnalysisChart[] {
  switch (report.kind) {
    case 'profile':
      return chartProfile(report, language);
    case 'forecast':
      return chartForecast(report, language);
    case 'indicators':
      return chartIndicators(report, language);
  }
}

const draw = (specification: JsonObject): JsonObject => ({
  $schema: schema,
  width,
  ...specification,
});
const isDated = (rows: Row[]) => rows.some(({ time }) => typeof time === 'string');
const overTime = (rows: Row[]): JsonObject => ({
  field: 'time',
  type: isDated(rows) ? 'temporal' : 'quantitative',
  title: null,
  ...(isDated(rows) ? {} : { scale: { zero: false } }),
});

function chartProfile({ columns, correlations }: ProfileReport, language: Language): AnalysisChart[] {
  const rowsTitle = language === 'zh' ? '行数' : 'rows';
  const distributions = columns.flatMap((column, index): AnalysisChart[] => {
    const title = {
      en: `Distribution of ${toColumnTitle(column.name, 'en')}`,
      zh: withChinese(toColumnTitle(column.name, 'zh'), '的分布'),
    };
    if (column.histogram !== null && Number(column.counts.values['distinct']) > 1) {
      const values = column.histogram.bins.map(({ from, to, count }) =>
        column.class === 'time' ? { from, to, count } : { from: Number(from), to: Number(to), count },
      );
      const isTime = column.class === 'time';
      const x = isTime
        ? { field: 'from', type: 'temporal', title: toColumnTitle(column.name, language) }
        : { field: 'from', type: 'quantitative', title: toColumnTitle(column.name, language), scale: { zero: false } };
      const y = { field: 'count', type: 'quantitative', title: rowsTitle };
      // A bar between two ends would lie down; a rectangle stands from nothing to its count.
      const encoding = { x, x2: { field: 'to' }, y, y2: { datum: 0 } };
      const mark = { type: 'rect', color: chartPalette.series[0], stroke: chartPalette.paper };
      return [
        {
          id: `distribution-${index}`,
          title,
          specification: draw({ height: 220, mark, data: { values }, encoding }),
        },
      ];
    }
    if (column.frequent === null) return [];
    const values = column.frequent.values.map(({ value, count }) => ({ value: String(value).slice(0, 40), count }));
    return [
      {
        id: `frequent-${index}`,
        title: {
          en: `Most frequent of ${toColumnTitle(column.name, 'en')}`,
          zh: withChinese(toColumnTitle(column.name, 'zh'), '的常见值'),
        },
        specification: draw({
          height: { step: 24 },
          mark: 'bar',
          data: { values },
          encoding: {
            y: { field: 'value', type: 'nominal', sort: null, title: null },
            x: { field: 'count', type: 'quantitative', title: rowsTitle },
          },
        }),
      },
    ];
  });
  return [...distributions.slice(0, mostDrawnColumns), ...chartCorrelations(correlations)];
}

/** On cells whose colours are the same in each theme. */
const cellInk = '#1c1c1c';

function chartCorrelations(correlations: ProfileReport['correlations']): AnalysisChart[] {
  const found = correlations.flatMap(({ one, other, figures }) => {
    const value = figures.values['pearson'];
    return typeof value === 'number' ? [{ one, other, value: Number(value.toFixed(2)) }] : [];
  });
  if (found.length === 0) return [];
  const names = [...new Set(found.flatMap(({ one, other }) => [one, other]))];
  const same = names.map((name) => ({ one: name, other: name, value: 1 }));
  const values = [...found, ...found.map(({ one, other, value }) => ({ one: other, other: one, value })), ...same];
  const axis = { type: 'nominal', sort: names, title: null };
  return [
    {
      id: 'correlations',
      title: { en: 'Correlations (Pearson)', zh: '相关系数（Pearson）' },
      specification: draw({
        width: { step: 62 },
        height: { step: 40 },
        data: { values },
        encoding: { x: { field: 'one', ...axis, axis: { labelAngle: -30 } }, y: { field: 'other', ...axis } },
        layer: [
          {
            mark: 'rect',
            encoding: {
              color: {
                field: 'value',
                type: 'quantitative',
                title: null,
                scale: { domain: [-1, 0, 1], range: ['#dc9274', '#f3f4f6', '#82abf0'] },
              },
            },
          },
          { mark: { type: 'text', fontSize: 11, color: cellInk }, encoding: { text: { field: 'value' } } },
        ],
      }),
    },
  ];
}

function chartForecast({ observed, points, series, backTest }: ForecastReport, language: Language): AnalysisChart[] {
  const words =
    language === 'zh'
      ? { observed: '已观测', forecast: '预测', mae: '平均绝对误差' }
      : { observed: 'observed', forecast: 'forecast', mae: 'mean absolute error' };
  const past: Row[] = observed.slice(-mostDrawn).map(({ time, value }) => ({ time, value, kind: words.observed }));
  const ahead: Row[] = points.map((point) => ({ ...point, kind: words.forecast }));
  // The forecast begins where the observations end, so that no gap is drawn between them.
  const joint: Row[] = past.slice(-1).map((last) => ({ ...last, kind: words.forecast }));
  const x = overTime(past);
  const band = (low: string, high: string, opacity: number): JsonObject => ({
    data: { values: ahead },
    mark: { type: 'area', opacity, color: chartPalette.series[1] ?? chartPalette.ink },
    encoding: {
      x,
      y: { field: low, type: 'quantitative', title: toColumnTitle(series.value, language), scale: { zero: false } },
      y2: { field: high },
    },
  });
  const line = {
    data: { values: [...past, ...joint, ...ahead] },
    mark: { type: 'line' },
    encoding: {
      x,
      y: { field: 'value', type: 'quantitative', title: toColumnTitle(series.value, language), scale: { zero: false } },
      color: {
        field: 'kind',
        type: 'nominal',
        title: null,
        sort: [words.observed, words.forecast],
        legend: { orient: 'top' },
      },
    },
  };
  return [
    {
      id: 'forecast',
      title: {
        en: `Forecast of ${toColumnTitle(series.value, 'en')} with intervals of 80% and 95%`,
        zh: withChinese(toColumnTitle(series.value, 'zh'), '的预测（80% 与 95% 区间）'),
      },
      specification: draw({ height: 320, layer: [band('low95', 'high95', 0.18), band('low80', 'high80', 0.28), line] }),
    },
    {
      id: 'back-test',
      title: { en: 'Mean error of each model in the back-test', zh: '各模型在回测中的平均误差' },
      specification: draw({
        height: { step: 28 },
        mark: 'bar',
        data: {
          values: backTest.scores.map(({ model, mae }) => ({ model: forecastModelNames[model][language], mae })),
        },
        encoding: {
          y: { field: 'model', type: 'nominal', sort: null, title: null, axis: { labelLimit: 240 } },
          x: { field: 'mae', type: 'quantitative', title: words.mae },
        },
      }),
    },
  ];
}

function chartIndicators({ points, series, choice }: IndicatorReport, language: Language): AnalysisChart[] {
  const rows: Row[] = points.slice(-mostDrawn).map((point) => ({ ...point }));
  const x = overTime(rows);
  const lines = (names: [field: string, label: string][]): Row[] =>
    rows.flatMap((row) =>
      names.flatMap(([field, label]) =>
        typeof row[field] === 'number' ? [{ time: row['time'] ?? null, line: label, value: row[field] }] : [],
      ),
    );
  const value = (title: string | null): JsonObject => ({
    field: 'value',
    type: 'quantitative',
    title,
    scale: { zero: false },
  });
  const colour = (names: string[]): JsonObject => ({
    field: 'line',
    type: 'nominal',
    title: null,
    sort: names,
    legend: { orient: 'top' },
  });
  const lineChart = (names: [string, string][], height: number, title: string | null): JsonObject => ({
    height,
    data: { values: lines(names) },
    mark: { type: 'line', strokeWidth: 1.5 },
    encoding: { x, y: value(title), color: colour(names.map(([, label]) => label)) },
  });
  const averages: [string, string][] = [
    ['value', toColumnTitle(series.value, language)],
    ['sma', `SMA ${choice.smaLength}`],
    ['ema', `EMA ${choice.emaLength}`],
  ];
  const has = (field: string) => rows.some((row) => typeof row[field] === 'number');
  const bands: JsonObject = {
    data: { values: rows.filter(({ bollingerLow }) => bollingerLow !== null) },
    mark: { type: 'area', opacity: 0.15, color: chartPalette.quiet },
    encoding: {
      x,
      y: {
        field: 'bollingerLow',
        type: 'quantitative',
        title: toColumnTitle(series.value, language),
        scale: { zero: false },
      },
      y2: { field: 'bollingerHigh' },
    },
  };
  const percent = language === 'zh' ? '回撤' : 'drawdown';
  const charts: (AnalysisChart | null)[] = [
    {
      id: 'averages',
      title: {
        en: `${toColumnTitle(series.value, 'en')}, moving averages and Bollinger bands`,
        zh: `${toColumnTitle(series.value, 'zh')}、移动平均与布林带`,
      },
      specification: draw({
        height: 320,
        layer: [
          ...(has('bollingerLow') ? [bands] : []),
          lineChart(averages, 320, toColumnTitle(series.value, language)),
        ],
      }),
    },
    has('rsi')
      ? {
          id: 'rsi',
          title: { en: `RSI (${choice.rsiLength})`, zh: `RSI（${choice.rsiLength}）` },
          specification: draw({
            height: 160,
            layer: [
              lineChart([['rsi', 'RSI']], 160, null),
              {
                data: { values: [{ at: 30 }, { at: 70 }] },
                mark: { type: 'rule', strokeDash: [4, 4], color: chartPalette.quiet },
                encoding: { y: { field: 'at', type: 'quantitative' } },
              },
            ],
          }),
        }
      : null,
    has('macd')
      ? {
          id: 'macd',
          title: { en: 'MACD and its signal', zh: 'MACD 与信号线' },
          specification: draw(
            lineChart(
              [
                ['macd', 'MACD'],
                ['macdSignal', language === 'zh' ? '信号线' : 'signal'],
              ],
              180,
              null,
            ),
          ),
        }
      : null,
    has('drawdown')
      ? {
          id: 'drawdown',
          title: { en: 'Drawdown from the highest value before', zh: '相对此前最高值的回撤' },
          specification: draw({
            height: 160,
            data: { values: rows },
            mark: { type: 'area', opacity: 0.5, color: '#b4552d' },
            encoding: { x, y: { field: 'drawdown', type: 'quantitative', title: percent, axis: { format: '.0%' } } },
          }),
        }
      : null,
  ];
  return charts.filter((chart) => chart !== null);
}

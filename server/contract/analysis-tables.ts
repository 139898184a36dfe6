import type { AnalysisReport, ForecastReport, IndicatorReport, ProfileReport } from './analysis.ts';
import { forecastModelNames } from './forecast-model-names.ts';
import type { LocalizedText } from './localized-text.ts';

export type AnalysisTable = { title: string; columns: string[]; rows: string[][] };
type Language = keyof LocalizedText;

const mostDigits = 12;
const lastPoints = 10;

/** The figures of a report as tables for people; exact where the report is. */
export function toAnalysisTables(report: AnalysisReport, language: Language): AnalysisTable[] {
  switch (report.kind) {
    case 'profile':
      return listProfile(report, language);
    case 'forecast':
      return listForecast(report, language);
    case 'indicators':
      return listIndicators(report, language);
  }
}

/** A figure as it is read: not a digit more than a double knows. */
export function showFigure(value: string | number | null | undefined): string {
  if (value === null || value === undefined) return '–';
  if (typeof value === 'string') return value;
  return Number.isInteger(value) && Math.abs(value) < 1e15
    ? String(value)
    : String(Number(value.toPrecision(mostDigits)));
}

const showPercent = (value: number | null) => (value === null ? '–' : `${(value * 100).toFixed(2)}%`);

function listProfile({ columns, correlations }: ProfileReport, language: Language): AnalysisTable[] {
  const zh = language === 'zh';
  const all: AnalysisTable = {
    title: zh ? '列' : 'Columns',
    columns: zh ? ['列', '类型', '缺失', '不同值'] : ['Column', 'Type', 'Missing', 'Distinct'],
    rows: columns.map(({ name, type, counts }) => [
      name,
      type,
      showFigure(counts.values['missing']),
      showFigure(counts.values['distinct']),
    ]),
  };
  const figures = ['minimum', 'q1', 'median', 'mean', 'q3', 'maximum'] as const;
  const numbers = columns.filter((column) => column.class === 'number');
  const spread: AnalysisTable = {
    title: zh ? '数字列' : 'Numbers',
    columns: zh
      ? ['列', '最小', '下四分位', '中位数', '均值', '上四分位', '最大', '标准差', '离群值']
      : ['Column', 'Minimum', 'Q1', 'Median', 'Mean', 'Q3', 'Maximum', 'Deviation', 'Outliers'],
    rows: numbers.map((column) => [
      column.name,
      ...figures.map((name) => showFigure(column.figures?.values[name] ?? column.total?.values[name])),
      showFigure(column.spread?.values['deviation']),
      showFigure(column.outliers?.quartiles?.figures.values['count']),
    ]),
  };
  const together: AnalysisTable = {
    title: zh ? '相关系数' : 'Correlations',
    columns: zh ? ['列', '列', 'Pearson', 'Spearman', '行数'] : ['Column', 'Column', 'Pearson', 'Spearman', 'Rows'],
    rows: correlations.map(({ one, other, figures: { values } }) => [
      one,
      other,
      showRounded(values['pearson']),
      showRounded(values['spearman']),
      showFigure(values['rows']),
    ]),
  };
  return [all, ...(numbers.length > 0 ? [spread] : []), ...(correlations.length > 0 ? [together] : [])];
}

const showRounded = (value: string | number | null | undefined) =>
  typeof value === 'number' ? value.toFixed(3) : showFigure(value);

function listForecast({ points, backTest, chosen }: ForecastReport, language: Language): AnalysisTable[] {
  const zh = language === 'zh';
  return [
    {
      title: zh ? '预测值' : 'Forecast',
      columns: zh
        ? ['时间', '预测', '80% 下限', '80% 上限', '95% 下限', '95% 上限']
        : ['Time', 'Forecast', '80% from', '80% to', '95% from', '95% to'],
      rows: points.map(({ time, value, low80, high80, low95, high95 }) => [
        String(time),
        ...[value, low80, high80, low95, high95].map((figure) => showFigure(Number(figure.toPrecision(8)))),
      ]),
    },
    {
      title: zh ? `滚动回测（${backTest.origins} 个起点）` : `Back-test from ${backTest.origins} origins`,
      columns: zh
        ? ['模型', 'MAE', 'sMAPE', 'MASE', '与朴素模型之比', '参数']
        : ['Model', 'MAE', 'sMAPE', 'MASE', 'Beside naive', 'Parameters'],
      rows: backTest.scores.map(({ model, mae, smape, mase, besideNaive, details }) => [
        `${forecastModelNames[model][language]}${model === chosen ? ' ✓' : ''}`,
        showFigure(Number(mae.toPrecision(6))),
        `${smape.toFixed(2)}%`,
        mase === null ? '–' : mase.toFixed(3),
        besideNaive === null ? '–' : besideNaive.toFixed(3),
        details === '' ? '–' : details,
      ]),
    },
  ];
}

function listIndicators(report: IndicatorReport, language: Language): AnalysisTable[] {
  const zh = language === 'zh';
  const { points, choice, volatility, maximumDrawdown, sharpe, totalReturn } = report;
  const round = (value: number | null) => (value === null ? '–' : showFigure(Number(value.toPrecision(8))));
  return [
    {
      title: zh ? '整个序列' : 'The whole series',
      columns: zh ? ['指标', '值'] : ['Figure', 'Value'],
      rows: [
        [zh ? '总收益' : 'Total return', showPercent(totalReturn)],
        [zh ? '年化波动率' : 'Volatility a year', showPercent(volatility)],
        [zh ? '最大回撤' : 'Maximum drawdown', showPercent(maximumDrawdown?.depth ?? null)],
        [
          zh
            ? `夏普比率（无风险利率 ${showPercent(choice.riskFreeRate)}）`
            : `Sharpe ratio (risk-free ${showPercent(choice.riskFreeRate)})`,
          sharpe === null ? '–' : sharpe.toFixed(3),
        ],
      ],
    },
    {
      title: zh ? '最近的值' : 'The last values',
      columns: [
        zh ? '时间' : 'Time',
        report.series.value,
        `SMA ${choice.smaLength}`,
        `EMA ${choice.emaLength}`,
        `RSI ${choice.rsiLength}`,
        'MACD',
        zh ? '信号线' : 'Signal',
        zh ? '布林下轨' : 'Lower band',
        zh ? '布林上轨' : 'Upper band',
        zh ? '回撤' : 'Drawdown',
      ],
      rows: points
        .slice(-lastPoints)
        .map((point) => [
          String(point.time),
          showFigure(point.value),
          ...[
            point.sma,
            point.ema,
            point.rsi,
            point.macd,
            point.macdSignal,
            point.bollingerLow,
            point.bollingerHigh,
          ].map(round),
          showPercent(point.drawdown),
        ]),
    },
  ];
}

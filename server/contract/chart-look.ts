import { chartPalette } from './chart-palette.ts';
import type { JsonObject } from './json.ts';
import type { LocalizedText } from './localized-text.ts';

const font = 'Inter, "Noto Sans SC", "PingFang SC", "Microsoft YaHei", system-ui, sans-serif';
const { ink, quiet, line, paper } = chartPalette;
const colours = [...chartPalette.series];

/**
 * How charts look. They bring their own light background, so that they read the same on a light and on a dark page.
 */
export const chartLook: JsonObject = {
  background: paper,
  padding: 16,
  font,
  title: { color: ink, fontSize: 16, fontWeight: 600, anchor: 'start', offset: 16, subtitleColor: quiet },
  axis: {
    labelColor: quiet,
    labelFontSize: 12,
    labelLimit: 160,
    labelSeparation: 6,
    titleColor: quiet,
    titleFontSize: 12,
    titleFontWeight: 500,
    titlePadding: 10,
    gridColor: line,
    domainColor: line,
    tickColor: line,
  },
  axisX: { grid: false },
  axisY: { domain: false, ticks: false, labelPadding: 8 },
  legend: {
    labelColor: ink,
    labelFontSize: 12,
    titleColor: quiet,
    titleFontSize: 12,
    titleFontWeight: 500,
    symbolType: 'circle',
  },
  view: { stroke: null },
  range: { category: colours, ramp: ['#d6e4fb', '#2f6fdb', '#123a80'], heatmap: ['#eef4fe', '#2f6fdb', '#123a80'] },
  bar: { cornerRadiusEnd: 3, color: colours[0] ?? ink },
  line: { strokeWidth: 2.5, color: colours[0] ?? ink },
  area: { fillOpacity: 0.75, color: colours[0] ?? ink },
  point: { filled: true, size: 60, color: colours[0] ?? ink },
  arc: { stroke: paper, strokeWidth: 2 },
  text: { color: ink },
};

const weekdays = ['日', '一', '二', '三', '四', '五', '六'];
const months = Array.from({ length: 12 }, (_, index) => `${index + 1}月`);

/** How axes write times, for what draws the chart; null where English, which it writes by itself. */
export const chartTimes: Record<keyof LocalizedText, JsonObject | null> = {
  en: null,
  zh: {
    dateTime: '%Y年%-m月%-d日 %H:%M:%S',
    date: '%Y-%m-%d',
    time: '%H:%M:%S',
    periods: ['上午', '下午'],
    days: weekdays.map((day) => `星期${day}`),
    shortDays: weekdays.map((day) => `周${day}`),
    months,
    shortMonths: months,
  },
};

/** The look of a chart whose axes are read in a language. */
export const chartLookIn = (language: keyof LocalizedText): JsonObject => {
  const time = chartTimes[language];
  return time === null ? chartLook : { ...chartLook, locale: { time } };
};

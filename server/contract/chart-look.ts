import { chartPalette } from './chart-palette.ts';
import type { JsonObject } from './json.ts';

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
};

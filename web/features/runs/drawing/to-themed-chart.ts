import { chartTimes } from '#server/contract/chart-look.ts';
import { chartPalette } from '#server/contract/chart-palette.ts';
import { isObject } from '#server/contract/is-object.ts';
import type { JsonObject, JsonValue } from '#server/contract/json.ts';
import type { Language } from '#web/lib/i18n/language.ts';
import type { ReadColour } from '#web/lib/theme-colours.ts';

const narrowPx = 480;
const composed = ['facet', 'repeat', 'concat', 'hconcat', 'vconcat'];

type Place = { title: string; language: Language; readColour: ReadColour; widthPx: number };

/**
 * The chart in the theme's colours, with its times in the page's language, and as wide as its place. What the hub's look, or
 * a mark of it, has on paper is drawn in the page's colours; other colours that the chart chose itself stay, and so does the
 * size of one that is made of several. The title is left out where it says what stands above the chart.
 */
export function toThemedChart(specification: JsonObject, { title, language, readColour, widthPx }: Place): JsonObject {
  const { ink, quiet, line, paper, series } = chartPalette;
  const colours = new Map<string, string>([
    [ink, readColour('ink')],
    [quiet, readColour('ink-soft')],
    [line, readColour('line')],
    [paper, readColour('surface')],
    ...series.map((colour, index) => [colour, readColour(`chart-${index + 1}`)] as const),
  ]);
  const config = recolour(specification['config'] ?? {}, colours);
  const time = chartTimes[language === 'zh-CN' ? 'zh' : 'en'];
  const isNarrow = widthPx < narrowPx;
  const hasPlace = !composed.some((name) => name in specification) && !hasBands(specification);
  return {
    ...recolourMarks(specification, colours),
    ...(specification['title'] === title && { title: null }),
    config: {
      ...(isObject(config) ? config : {}),
      padding: isNarrow ? 4 : 12,
      locale: time === null ? {} : { time },
      ...(isNarrow && {
        legend: {
          ...(isObject(config) && isObject(config['legend']) ? config['legend'] : {}),
          orient: 'bottom',
          columns: 2,
        },
      }),
    },
    ...(hasPlace && {
      width: widthPx,
      ...(isObject(specification['height'])
        ? { autosize: { type: 'fit-x', contains: 'padding' } }
        : { height: readHeight(specification, widthPx), autosize: { type: 'fit', contains: 'padding' } }),
    }),
  };
}

/** A step a bar means as wide as its bars; one that is as high as its bars keeps its height. */
function hasBands({ width }: JsonObject): boolean {
  return isObject(width);
}

function readHeight({ width, height }: JsonObject, widthPx: number): number {
  const own = typeof height === 'number' ? height : 320;
  const drawnFor = typeof width === 'number' ? width : 640;
  return Math.round(Math.max(Math.min(own, 220), Math.min(own, (own * widthPx) / drawnFor)));
}

function recolourMarks(chart: JsonObject, colours: ReadonlyMap<string, string>): JsonObject {
  const { mark, layer } = chart;
  return {
    ...chart,
    ...(isObject(mark) && { mark: recolour(mark, colours) }),
    ...(Array.isArray(layer) && { layer: layer.map((one) => (isObject(one) ? recolourMarks(one, colours) : one)) }),
  };
}

function recolour(value: JsonValue, colours: ReadonlyMap<string, string>): JsonValue {
  if (typeof value === 'string') return colours.get(value.toLowerCase()) ?? value;
  if (Array.isArray(value)) return value.map((member) => recolour(member, colours));
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, recolour(member, colours)]));
}

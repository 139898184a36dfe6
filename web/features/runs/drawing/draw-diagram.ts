import type { ReadColour } from '#web/lib/theme-colours.ts';
import { loadMermaid } from './load-mermaid.ts';
import { sizeSvg } from './size-svg.ts';

export const longestDiagram = 20_000;
const mostEdges = 200;
const limitMs = 10_000;

/** What a diagram's own text may not change. */
const secure = [
  'secure',
  'securityLevel',
  'startOnLoad',
  'maxTextSize',
  'maxEdges',
  'suppressErrorRendering',
  'htmlLabels',
  'flowchart',
  'theme',
  'themeCSS',
  'themeVariables',
  'fontFamily',
  'altFontFamily',
  'dompurifyConfig',
];

export class DiagramTooSlow extends Error {}

let last: Promise<unknown> = Promise.resolve();
let drawn = 0;

/**
 * Draws a Mermaid text in the theme's colours, one after another because the library knows one theme at a time. An abort
 * takes it out of the line.
 *
 * @throws {DiagramTooSlow} if it took too long; any other error says what is wrong with the text
 */
export function drawDiagram(source: string, readColour: ReadColour, signal: AbortSignal): Promise<string> {
  const mine = last.then(async () => {
    signal.throwIfAborted();
    const mermaid = await loadMermaid();
    signal.throwIfAborted();
    mermaid.initialize(toOptions(readColour));
    drawn += 1;
    const id = `diagram-${drawn}`;
    try {
      return sizeSvg((await within(limitMs, mermaid.render(id, source))).svg);
    } finally {
      // What it measures in stays behind when it fails.
      document.getElementById(`d${id}`)?.remove();
    }
  });
  last = mine.catch(() => undefined);
  return mine;
}

async function within<Value>(milliseconds: number, work: Promise<Value>): Promise<Value> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const limit = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new DiagramTooSlow()), milliseconds);
  });
  try {
    return await Promise.race([work, limit]);
  } finally {
    clearTimeout(timer);
  }
}

function toOptions(readColour: ReadColour): object {
  const [paper, surface, sunken] = [readColour('surface'), readColour('raised'), readColour('sunken')];
  const [ink, soft, line] = [readColour('ink'), readColour('ink-soft'), readColour('line-strong')];
  return {
    startOnLoad: false,
    securityLevel: 'strict',
    maxTextSize: longestDiagram,
    maxEdges: mostEdges,
    suppressErrorRendering: true,
    // Labels as text: HTML in a picture is neither measured nor safe.
    htmlLabels: false,
    flowchart: { htmlLabels: false, useMaxWidth: true },
    class: { htmlLabels: false },
    secure,
    theme: 'base',
    themeVariables: {
      fontFamily: 'system-ui, sans-serif',
      background: paper,
      primaryColor: readColour('accent-soft'),
      primaryTextColor: ink,
      primaryBorderColor: readColour('accent'),
      secondaryColor: sunken,
      tertiaryColor: surface,
      lineColor: soft,
      textColor: ink,
      mainBkg: readColour('accent-soft'),
      nodeBorder: readColour('accent'),
      clusterBkg: sunken,
      clusterBorder: line,
      edgeLabelBackground: surface,
      noteBkgColor: readColour('chain-soft'),
      noteTextColor: ink,
      noteBorderColor: readColour('chain'),
      actorBkg: readColour('accent-soft'),
      actorTextColor: ink,
      signalColor: soft,
      signalTextColor: ink,
      labelBoxBkgColor: sunken,
      labelTextColor: ink,
      loopTextColor: ink,
      titleColor: ink,
      pieTitleTextColor: ink,
      pieLegendTextColor: ink,
      pieSectionTextColor: '#ffffff',
      ...Object.fromEntries([1, 2, 3, 4, 5, 6, 7, 8].map((place) => [`pie${place}`, readColour(`chart-${place}`)])),
    },
  };
}

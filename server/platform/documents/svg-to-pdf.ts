import { type Font, measureText, toPdfPieces } from './pdf-text.ts';
import { toPdfPath } from './svg-path.ts';

type Attributes = Record<string, string>;

const fontNames = { text: 'F1', bold: 'F2', code: 'F3', chinese: 'F4' };
/** Steps of opacity that the document knows, as `/O1` to `/O10`. */
export const opacitySteps = 10;
const token = /<(\/?)([\w:]+)((?:[^>"]|"[^"]*")*?)(\/?)>|([^<]+)/g;
const inherited = ['fill', 'stroke', 'stroke-width', 'stroke-dasharray', 'font-size', 'font-weight', 'text-anchor'];
const gradient = '#2f6fdb';

/** The size of an SVG that the hub drew. */
export function readSvgSize(svg: string): { width: number; height: number } {
  const [, box = ''] = /<svg[^>]*\bviewBox="([^"]*)"/.exec(svg) ?? [];
  const [, , width = 640, height = 360] = box.split(/[\s,]+/).map(Number);
  return { width, height };
}

/**
 * What Vega draws, as operators of PDF in the drawing's own units, from its top left corner downwards: paths, rectangles,
 * lines and texts with their colours and places. Clips are left out, and gradients are one colour.
 */
export function toPdfOperators(svg: string): string {
  const drawn: string[] = [];
  const open: Attributes[] = [];
  let hidden = 0;
  let text: { attributes: Attributes; words: string } | null = null;
  for (const [, closing, name = '', rest = '', single, words] of svg.matchAll(token)) {
    if (words !== undefined) {
      if (text !== null) text.words += decode(words);
      continue;
    }
    const isHidden = name === 'defs' || name === 'clipPath';
    if (closing === '/') {
      if (isHidden) hidden -= 1;
      if (name === 'text' && text !== null) {
        drawn.push(...toText(text.words, text.attributes));
        text = null;
      }
      if (name === 'g') drawn.push('Q');
      if (name === 'g' || name === 'svg') open.pop();
      continue;
    }
    if (isHidden && single !== '/') hidden += 1;
    if (hidden > 0 || isHidden) continue;
    const own = Object.fromEntries(
      [...rest.matchAll(/([\w:-]+)="([^"]*)"/g)].map(([, key = '', value = '']) => [key, value]),
    );
    const attributes = { ...open.at(-1), ...own };
    if (name === 'g' || name === 'svg') {
      const kept = Object.fromEntries(Object.entries(attributes).filter(([key]) => inherited.includes(key)));
      if (name === 'g') drawn.push('q', ...toPlace(own['transform']), ...(single === '/' ? ['Q'] : []));
      if (single !== '/') open.push(kept);
    } else if (name === 'text' && single !== '/') text = { attributes, words: '' };
    else {
      const path = toShape(name, attributes);
      if (path !== '') drawn.push('q', ...toPlace(own['transform']), ...paint(path, attributes), 'Q');
    }
  }
  return drawn.join('\n');
}

function toShape(name: string, { d = '', ...rest }: Attributes): string {
  const read = (key: string) => Number.parseFloat(rest[key] ?? '0') || 0;
  if (name === 'path') return toPdfPath(d);
  if (name === 'rect') return `${read('x')} ${read('y')} ${read('width')} ${read('height')} re`;
  return name === 'line' ? `${read('x1')} ${read('y1')} m ${read('x2')} ${read('y2')} l` : '';
}

function paint(path: string, attributes: Attributes): string[] {
  const fill = toColour(attributes['fill']);
  const stroke = toColour(attributes['stroke']);
  if (fill === null && stroke === null) return [];
  const dashes = (attributes['stroke-dasharray'] ?? '').split(/[\s,]+/).map(Number);
  return [
    toOpacity(attributes),
    ...(fill === null ? [] : [`${fill} rg`]),
    ...(stroke === null ? [] : [`${stroke} RG`, `${Number.parseFloat(attributes['stroke-width'] ?? '1') || 1} w`]),
    ...(dashes.length > 1 && dashes.every((dash) => dash > 0) ? [`[${dashes.join(' ')}] 0 d`] : []),
    path,
    fill === null ? 'S' : stroke === null ? 'f' : 'B',
  ];
}

function toText(words: string, attributes: Attributes): string[] {
  const fill = toColour(attributes['fill'] ?? '#000000');
  if (fill === null || words.trim() === '') return [];
  const size = Number.parseFloat(attributes['font-size'] ?? '11') || 11;
  const weight = attributes['font-weight'] ?? '';
  const font: Font = weight === 'bold' || Number(weight) >= 600 ? 'bold' : 'text';
  const anchor = attributes['text-anchor'];
  const width = (measureText(words, font) * size) / 1000;
  const left = anchor === 'end' ? -width : anchor === 'middle' ? -width / 2 : 0;
  const pieces = toPdfPieces(words, font).map(
    ({ font: face, encoded }) => `/${fontNames[face]} ${size} Tf ${encoded} Tj`,
  );
  return [
    'q',
    ...toPlace(attributes['transform']),
    toOpacity(attributes),
    `${fill} rg`,
    // Downwards is up for letters.
    `BT 1 0 0 -1 ${left.toFixed(2)} 0 Tm ${pieces.join(' ')} ET`,
    'Q',
  ];
}

function toPlace(transform = ''): string[] {
  return [...transform.matchAll(/(translate|rotate|scale)\(([^)]*)\)/g)].map(([, kind, rest = '']) => {
    const [one = 0, two] = rest.split(/[\s,]+/).map((part) => Number.parseFloat(part) || 0);
    if (kind === 'translate') return `1 0 0 1 ${one} ${two ?? 0} cm`;
    if (kind === 'scale') return `${one} 0 0 ${two ?? one} 0 0 cm`;
    const [cos, sin] = [Math.cos((one * Math.PI) / 180), Math.sin((one * Math.PI) / 180)];
    return `${cos.toFixed(5)} ${sin.toFixed(5)} ${(-sin).toFixed(5)} ${cos.toFixed(5)} 0 0 cm`;
  });
}

function toOpacity({ opacity = '1', ...rest }: Attributes): string {
  const all = Number(opacity) * Number(rest['fill-opacity'] ?? '1');
  return `/O${Math.min(opacitySteps, Math.max(1, Math.round((Number.isFinite(all) ? all : 1) * opacitySteps)))} gs`;
}

const names: Record<string, string> = { black: '#000000', white: '#ffffff', gray: '#808080' };

/** Three parts of a colour, as PDF writes them; null for none. */
function toColour(text = 'none'): string | null {
  const known = text.startsWith('url(') ? gradient : (names[text] ?? text);
  const [, hex] = /^#([0-9a-f]{6})$/i.exec(known) ?? [];
  const parts =
    hex === undefined
      ? (/^rgba?\(([^)]*)\)$/.exec(known)?.[1]?.split(',').map(Number) ?? [])
      : [0, 2, 4].map((place) => Number.parseInt(hex.slice(place, place + 2), 16));
  if (parts.length < 3 || parts[3] === 0) return null;
  return parts
    .slice(0, 3)
    .map((part) => (part / 255).toFixed(3))
    .join(' ');
}

const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

const decode = (words: string) =>
  words.replaceAll(/&(?:#(\d+)|#x([0-9a-f]+)|(\w+));/gi, (all, decimal: string, hex: string, name: string) =>
    name === undefined
      ? String.fromCodePoint(decimal === undefined ? Number.parseInt(hex, 16) : Number(decimal))
      : (entities[name] ?? all),
  );

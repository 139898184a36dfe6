import type { LocalizedText } from '#server/contract/localized-text.ts';

const elements = new Set(
  'svg g path rect circle ellipse line polyline polygon defs linearGradient radialGradient stop clipPath mask title desc'.split(
    ' ',
  ),
);
const attributes = new Set(
  `xmlns viewBox width height x y x1 y1 x2 y2 cx cy r rx ry fx fy d points id transform offset opacity color role
   fill fill-opacity fill-rule stroke stroke-width stroke-opacity stroke-linecap stroke-linejoin stroke-dasharray
   stroke-dashoffset stroke-miterlimit stop-color stop-opacity gradientUnits gradientTransform spreadMethod clip-path
   clip-rule clipPathUnits mask maskUnits preserveAspectRatio aria-label aria-hidden`.split(/\s+/),
);
const declaration = /^(\uFEFF)?\s*(<\?xml version="1\.0"( encoding="[Uu][Tt][Ff]-8")?\s*\?>)?\s*/;
const deepestNesting = 64;
const token = /<(\/?)([A-Za-z]+)((?:\s+[A-Za-z0-9-]+="[^"<&]*")*)\s*(\/?)>|[^<&]+/y;
const attribute = /([A-Za-z0-9-]+)="([^"]*)"/g;

/**
 * What makes an SVG unfit as an avatar, or null.
 *
 * The whole text must be of a small strict grammar: drawing elements and their attributes, no entities, comments, styles,
 * links, scripts or references beyond `url(#id)`. What does not match is refused, so no parser can read it otherwise.
 */
export function findSvgProblem(svg: string): LocalizedText | null {
  const text = svg.slice(declaration.exec(svg)?.[0].length ?? 0).trimEnd();
  const open: string[] = [];
  let position = 0;
  while (position < text.length) {
    token.lastIndex = position;
    const match = token.exec(text);
    if (match === null) {
      const excerpt = text.slice(position, position + 40);
      return {
        en: `An avatar may hold only plain drawing elements; see "${excerpt}".`,
        zh: `头像只能包含普通的绘图元素；见“${excerpt}”。`,
      };
    }
    position = token.lastIndex;
    const [, closing, name, written = '', selfClosing] = match;
    if (name === undefined) continue;
    if (closing === '/') {
      if (open.pop() !== name) {
        return { en: `The element <${name}> is closed, but not open.`, zh: `元素 <${name}> 有结束标签，但没有开始。` };
      }
    } else {
      const problem = findElementProblem(name, written);
      if (problem !== null) return problem;
      if (open.length === 0 && (name !== 'svg' || match.index !== 0)) return notOneRoot;
      if (selfClosing !== '/') open.push(name);
      if (open.length > deepestNesting) {
        return { en: 'The elements are nested too deeply.', zh: '元素嵌套过深。' };
      }
    }
    if (open.length === 0 && position < text.length) return notOneRoot;
  }
  if (text === '' || !text.startsWith('<svg')) return { en: 'This is not an SVG.', zh: '这不是 SVG。' };
  return open.length > 0
    ? { en: `The element <${open.at(-1)}> is not closed.`, zh: `元素 <${open.at(-1)}> 没有结束标签。` }
    : null;
}

const notOneRoot = { en: 'An SVG has one <svg> around everything.', zh: 'SVG 的所有内容须在唯一的 <svg> 之内。' };

function findElementProblem(name: string, written: string): LocalizedText | null {
  if (!elements.has(name)) {
    return { en: `An avatar may not hold <${name}>.`, zh: `头像不能包含 <${name}>。` };
  }
  const seen = new Set<string>();
  for (const [, key = '', value = ''] of written.matchAll(attribute)) {
    if (!attributes.has(key) || seen.has(key)) {
      return {
        en: `An avatar may not have the attribute ${key} on <${name}>.`,
        zh: `头像的 <${name}> 不能有属性 ${key}。`,
      };
    }
    seen.add(key);
    if (key === 'xmlns' ? value !== 'http://www.w3.org/2000/svg' : !isHarmless(value)) {
      return { en: `The value of ${key} on <${name}> is not allowed.`, zh: `<${name}> 上 ${key} 的值不被允许。` };
    }
  }
  return null;
}

function isHarmless(value: string) {
  return !/url\s*\(|:|\\/i.test(value.replace(/url\(#[A-Za-z][\w-]*\)/g, ''));
}

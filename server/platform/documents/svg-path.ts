type Point = { x: number; y: number };

const sizes: Record<string, number> = { m: 2, l: 2, h: 1, v: 1, c: 6, q: 4, a: 7, z: 0 };
const write = (...values: number[]) => values.map((value) => Number(value.toFixed(3)).toString()).join(' ');

/** A path of SVG as the operators of PDF that lay the same path; what is no path lays nothing. */
export function toPdfPath(path: string): string {
  const laid: string[] = [];
  let at: Point = { x: 0, y: 0 };
  let start = at;
  for (const [, letter = '', rest = ''] of path.matchAll(/([mlhvcqaz])([^mlhvcqaz]*)/gi)) {
    const command = letter.toLowerCase();
    const isRelative = letter === command;
    const size = sizes[command] ?? 0;
    const numbers = readNumbers(rest, command);
    if (command === 'z') {
      laid.push('h');
      at = start;
      continue;
    }
    for (let place = 0; place + size <= numbers.length; place += size) {
      const given = numbers.slice(place, place + size);
      const base = isRelative ? at : { x: 0, y: 0 };
      const point = (index: number): Point => ({
        x: base.x + (given[index] ?? 0),
        y: base.y + (given[index + 1] ?? 0),
      });
      const from = at;
      if (command === 'h') at = { x: base.x + (given[0] ?? 0), y: at.y };
      else if (command === 'v') at = { x: at.x, y: base.y + (given[0] ?? 0) };
      else at = point(size - 2);
      if (command === 'm' && place === 0) {
        start = at;
        laid.push(`${write(at.x, at.y)} m`);
      } else if (command === 'c') laid.push(toCurve(point(0), point(2), at));
      else if (command === 'q') {
        const middle = point(0);
        laid.push(toCurve(between(from, middle, 2 / 3), between(at, middle, 2 / 3), at));
      } else if (command === 'a') laid.push(...toArc(from, given, at));
      else laid.push(`${write(at.x, at.y)} l`);
    }
  }
  return laid.join(' ');
}

const toCurve = (one: Point, two: Point, end: Point) => `${write(one.x, one.y, two.x, two.y, end.x, end.y)} c`;
const between = (from: Point, to: Point, part: number): Point => ({
  x: from.x + (to.x - from.x) * part,
  y: from.y + (to.y - from.y) * part,
});

/** Flags of an arc may stand without anything between. */
function readNumbers(text: string, command: string): number[] {
  const number = '[-+]?(?:\\d+\\.?\\d*|\\.\\d+)(?:e[-+]?\\d+)?';
  if (command !== 'a') return [...text.matchAll(new RegExp(number, 'gi'))].map(([found]) => Number(found));
  const arc = new RegExp(
    `(${number})[\\s,]*(${number})[\\s,]*(${number})[\\s,]*([01])[\\s,]*([01])[\\s,]*(${number})[\\s,]*(${number})`,
    'gi',
  );
  return [...text.matchAll(arc)].flatMap((found) => found.slice(1, 8).map(Number));
}

/** An elliptical arc as Bézier curves of a quarter at most (SVG 2, appendix B.2.4). */
function toArc(from: Point, [rx = 0, ry = 0, turn = 0, large = 0, sweep = 0]: number[], to: Point): string[] {
  if (rx === 0 || ry === 0) return [`${write(to.x, to.y)} l`];
  const angle = (turn * Math.PI) / 180;
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const [dx, dy] = [(from.x - to.x) / 2, (from.y - to.y) / 2];
  const [ux, uy] = [cos * dx + sin * dy, cos * dy - sin * dx];
  const grown = Math.max(1, Math.sqrt((ux / rx) ** 2 + (uy / ry) ** 2));
  const [a, b] = [Math.abs(rx) * grown, Math.abs(ry) * grown];
  const rest = (a * b) ** 2 - (a * uy) ** 2 - (b * ux) ** 2;
  const factor = (large === sweep ? -1 : 1) * Math.sqrt(Math.max(0, rest / ((a * uy) ** 2 + (b * ux) ** 2 || 1)));
  const [cx, cy] = [(factor * a * uy) / b, (-factor * b * ux) / a];
  const begin = Math.atan2((uy - cy) / b, (ux - cx) / a);
  let span = Math.atan2((-uy - cy) / b, (-ux - cx) / a) - begin;
  if (sweep === 1 && span < 0) span += 2 * Math.PI;
  if (sweep === 0 && span > 0) span -= 2 * Math.PI;
  const centre = { x: cos * cx - sin * cy + (from.x + to.x) / 2, y: sin * cx + cos * cy + (from.y + to.y) / 2 };
  const place = (x: number, y: number): Point => ({
    x: centre.x + cos * a * x - sin * b * y,
    y: centre.y + sin * a * x + cos * b * y,
  });
  const pieces = Math.max(1, Math.ceil(Math.abs(span) / (Math.PI / 2)));
  const step = span / pieces;
  const reach = (4 / 3) * Math.tan(step / 4);
  return Array.from({ length: pieces }, (_, piece) => {
    const [one, two] = [begin + piece * step, begin + (piece + 1) * step];
    return toCurve(
      place(Math.cos(one) - reach * Math.sin(one), Math.sin(one) + reach * Math.cos(one)),
      place(Math.cos(two) + reach * Math.sin(two), Math.sin(two) - reach * Math.cos(two)),
      place(Math.cos(two), Math.sin(two)),
    );
  });
}

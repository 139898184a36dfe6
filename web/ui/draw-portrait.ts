/** One shape of a drawn portrait, in a square of 64 units; `tone` mixes the colour with light (> 0) or dark (< 0). */
export type PortraitShape = { path: string; tone: number };

const cell = 32;
const tones = [0.72, 0.42, 0.18, -0.22, -0.4];

/** Draws a small mosaic from a text: the same text always gives the same picture. */
export function drawPortrait(seed: string): { ground: number; shapes: PortraitShape[] } {
  const next = createNumbers(seed);
  const pick = <Item>(items: readonly Item[]): Item => items[Math.floor(next() * items.length)] as Item;
  const mirrored = next() < 0.5;
  const shapes = [0, 1].flatMap((row) => {
    const motif = pick(motifs);
    const turn = Math.floor(next() * 4);
    return [0, 1].map((column) => ({
      path: motif(column * cell, row * cell, mirrored && column === 1 ? mirror(turn) : turn),
      tone: pick(tones),
    }));
  });
  shapes.push({ path: circle(cell, cell, 5 + Math.floor(next() * 5)), tone: pick(tones) });
  return { ground: pick([0, -0.12, 0.12]), shapes };
}

/** The colour of a shape's tone. */
export function toTone(color: string, tone: number): string {
  if (tone === 0) return color;
  return `color-mix(in oklab, ${color}, ${tone > 0 ? 'white' : 'black'} ${Math.round(Math.abs(tone) * 100)}%)`;
}

type Motif = (x: number, y: number, turn: number) => string;

const corners = [
  [0, 0],
  [1, 0],
  [1, 1],
  [0, 1],
] as const;

const quarter: Motif = (x, y, turn) => {
  const [cornerX, cornerY] = corners[turn % 4] ?? corners[0];
  const [startX, startY] = corners[(turn + 1) % 4] ?? corners[0];
  const [endX, endY] = corners[(turn + 3) % 4] ?? corners[0];
  const at = (left: number, top: number) => `${x + left * cell} ${y + top * cell}`;
  return `M${at(cornerX, cornerY)}L${at(startX, startY)}A${cell} ${cell} 0 0 1 ${at(endX, endY)}Z`;
};

const arch: Motif = (x, y, turn) => {
  const inset = turn % 2 === 0 ? 5 : 9;
  const radius = cell / 2 - inset;
  const foot = y + cell;
  return `M${x + inset} ${foot}V${y + cell / 2}A${radius} ${radius} 0 0 1 ${x + cell - inset} ${y + cell / 2}V${foot}Z`;
};

const disc: Motif = (x, y, turn) => circle(x + cell / 2, y + cell / 2, 8 + turn * 2);

const diamond: Motif = (x, y) => {
  const half = cell / 2;
  return `M${x + half} ${y}L${x + cell} ${y + half}L${x + half} ${y + cell}L${x} ${y + half}Z`;
};

const motifs = [quarter, quarter, arch, disc, diamond];

function circle(x: number, y: number, radius: number): string {
  return `M${x - radius} ${y}a${radius} ${radius} 0 1 0 ${radius * 2} 0a${radius} ${radius} 0 1 0 ${-radius * 2} 0Z`;
}

function mirror(turn: number): number {
  return [1, 0, 3, 2][turn] ?? turn;
}

function createNumbers(seed: string): () => number {
  let state = 2_166_136_261;
  for (const character of seed) state = Math.imul(state ^ (character.codePointAt(0) ?? 0), 16_777_619);
  return () => {
    state = Math.imul(state ^ (state >>> 15), 2_246_822_507);
    state = Math.imul(state ^ (state >>> 13), 3_266_489_909);
    state ^= state >>> 16;
    return (state >>> 0) / 4_294_967_296;
  };
}

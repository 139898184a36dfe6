export type AvatarShape = { path: string; fill: string };
export type AvatarDrawing = { size: number; background: string; shapes: AvatarShape[] };

const tile = 32;

/** Tiles of a mosaic floor, each in a square of 32. */
const tiles: readonly string[] = [
  'M0 32A32 32 0 0 1 32 0V32Z',
  'M0 0A32 32 0 0 1 32 32H0Z',
  'M32 0A32 32 0 0 1 0 32V0Z',
  'M32 32A32 32 0 0 1 0 0H32Z',
  'M4 32V16a12 12 0 0 1 24 0v16Z',
  'M4 0v16a12 12 0 0 0 24 0V0Z',
  'M16 5a11 11 0 1 1 0 22a11 11 0 0 1 0-22Z',
  'M16 0L32 32H0Z',
  'M0 0L32 16L0 32Z',
  'M0 32V24H8V16H16V8H24V0H32V32Z',
  'M16 2L30 16L16 30L2 16Z',
];

function toRandom(seed: string): () => number {
  let state = 0x811c9dc5;
  for (const character of seed) state = Math.imul(state ^ (character.codePointAt(0) ?? 0), 0x01000193);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

function mix(color: string, other: string, share: number): string {
  const channel = (text: string, index: number) => Number.parseInt(text.slice(1 + index * 2, 3 + index * 2), 16);
  const mixed = [0, 1, 2].map((index) =>
    Math.round(channel(color, index) * (1 - share) + channel(other, index) * share),
  );
  return `#${mixed.map((value) => value.toString(16).padStart(2, '0')).join('')}`;
}

/** Draws a small mosaic from a seed and a colour (`#rrggbb`); the same ones always give the same picture. */
export function drawAvatar(seed: string, color: string): AvatarDrawing {
  const random = toRandom(seed);
  const pick = <Item>(items: readonly Item[], otherwise: Item): Item =>
    items[Math.floor(random() * items.length)] ?? otherwise;
  const dark = mix(color, '#14110b', 0.5);
  const pale = mix(color, '#fdf6e6', 0.78);
  const soft = mix(color, '#fdf6e6', 0.45);
  const brass = mix(color, '#e7b35a', 0.75);
  const cells = [0, 1, 2, 3].map((cell) => ({ x: (cell % 2) * tile, y: Math.floor(cell / 2) * tile }));

  const shapes = cells.flatMap(({ x, y }) => {
    const ground = pick([color, color, dark, soft], color);
    const figure = pick(
      [pale, brass, soft, dark, color].filter((fill) => fill !== ground),
      pale,
    );
    const square = `M${x} ${y}h${tile}v${tile}h-${tile}Z`;
    return [
      { path: square, fill: ground },
      { path: shift(pick(tiles, tiles[0] ?? ''), x, y), fill: figure },
    ];
  });
  return { size: tile * 2, background: color, shapes };
}

/** Moves a path whose absolute commands are `M`, `L`, `H`, `V` and `A`. */
function shift(path: string, x: number, y: number): string {
  return path.replace(/([MLHVA])([^MLHVAZmlhvaz]*)/g, (_, command: string, text: string) => {
    const numbers = (text.match(/-?\d+(?:\.\d+)?/g) ?? []).map(Number);
    const moved = numbers.map((value, index) => {
      if (command === 'H') return value + x;
      if (command === 'V') return value + y;
      if (command === 'A') return index === 5 ? value + x : index === 6 ? value + y : value;
      return value + (index % 2 === 0 ? x : y);
    });
    return command + moved.join(' ');
  });
}

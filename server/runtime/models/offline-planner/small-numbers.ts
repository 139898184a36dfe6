const english = 'zero one two three four five six seven eight nine ten eleven twelve'.split(' ');
const tens: Record<string, number> = { twenty: 20, thirty: 30, sixty: 60, ninety: 90 };
const chinese: Record<string, number> = { 一: 1, 二: 2, 两: 2, 三: 3, 四: 4, 五: 5, 六: 6, 七: 7, 八: 8, 九: 9 };

/** A small number in digits or words ("12", "three", "三十"), or null. */
export function readSmallNumber(text: string): number | null {
  const word = text.trim().toLowerCase();
  if (/^\d+$/.test(word)) return Number(word);
  const place = english.indexOf(word);
  if (place !== -1) return place;
  if (tens[word] !== undefined) return tens[word];
  const parts = /^([一二两三四五六七八九])?(十)?([一二三四五六七八九])?$/.exec(word);
  if (parts === null || word === '') return null;
  const [, first, ten, last] = parts;
  if (ten === undefined) return last === undefined && first !== undefined ? (chinese[first] ?? null) : null;
  return (chinese[first ?? '一'] ?? 1) * 10 + (chinese[last ?? ''] ?? 0);
}

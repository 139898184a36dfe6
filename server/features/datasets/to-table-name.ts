/** A name for a table, made of its file's; one that is taken gets a number. */
export function toTableName(fileName: string, taken: string[]): string {
  const plain = fileName
    .replace(/\.[^.]*$/, '')
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[^\p{Ll}\p{Lo}\p{N}]+/gu, '_')
    .replaceAll(/^_+|_+$/g, '')
    .slice(0, 50);
  const base = plain === '' ? 'table_1' : /^\p{N}/u.test(plain) ? `t_${plain}` : plain;
  for (let count = 1; ; count += 1) {
    const name = count === 1 ? base : `${base}_${count}`;
    if (!taken.includes(name)) return name;
  }
}

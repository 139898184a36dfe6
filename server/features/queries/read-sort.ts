/** Reads `column asc` or `column desc`, several with commas between; a name with a comma stands in quotation marks. */
export function readSort(text: string | undefined): { column: string; isDescending: boolean }[] {
  return [...(text ?? '').matchAll(/\s*(?:"((?:[^"]|"")+)"|([^",]+?))\s*(?:\b(asc|desc))?\s*(?:,|$)/gi)].flatMap(
    ([, quoted, plain, direction]) => {
      const column = quoted?.replaceAll('""', '"') ?? plain ?? '';
      return column === '' ? [] : [{ column, isDescending: direction?.toLowerCase() === 'desc' }];
    },
  );
}

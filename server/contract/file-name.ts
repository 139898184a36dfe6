const longestStem = 80;
/** Names that Windows keeps for devices. */
const reserved = /^(?:con|prn|aux|nul|com\d|lpt\d)$/i;

/** A title as a file's name, without an ending, that every system takes; letters of every script stay. */
export function toFileStem(title: string, otherwise: string): string {
  const words = title
    .normalize('NFC')
    .replace(/[\p{Cc}\p{Cf}\p{Cs}<>:"/\\|?*]+/gu, ' ')
    .replace(/\s+/g, ' ');
  const stem = [...words]
    .slice(0, longestStem)
    .join('')
    .replace(/^[. ]+|[. ]+$/g, '');
  if (stem === '') return otherwise;
  return reserved.test(stem) ? `${stem}_` : stem;
}

/** The same with a day, so that what is saved again does not take the other's name. */
export const toDatedName = (
  title: string,
  { otherwise, day, ending }: { otherwise: string; day: string; ending: string },
) => `${toFileStem(title, otherwise)} ${day}.${ending}`;

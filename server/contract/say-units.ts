import type { LocalizedText } from './localized-text.ts';

/** A decoded argument as it is told; readings say in English of raw numbers that they are such. */
export const sayUnits = (text: string, language: keyof LocalizedText): string =>
  language === 'en'
    ? text
    : text
        .replace(/ \((\d+) in smallest units\)$/, '（最小单位 $1）')
        .replace(/ \(in smallest units\)$/, '（最小单位）');

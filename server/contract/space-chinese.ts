/** A Chinese sentence that was put together of pieces: room beside Latin letters and figures, and none between Chinese. */
export const spaceChinese = (sentence: string): string =>
  sentence
    .replaceAll(/(\p{Script=Han}) (?=[\p{Script=Han}“（])/gu, '$1')
    .replaceAll(/(\p{Script=Han})(?=[A-Za-z0-9])|([A-Za-z0-9])(?=\p{Script=Han})/gu, '$1$2 ');

/** What the doctor saw of one thing. Only `wrong` ones have to be mended. */
export type Finding = {
  state: 'fine' | 'note' | 'wrong';
  subject: string;
  detail: string;
  /** What to do about it. */
  advice?: string;
};

export const fine = (subject: string, detail: string): Finding => ({ state: 'fine', subject, detail });
export const note = (subject: string, detail: string, advice?: string): Finding =>
  advice === undefined ? { state: 'note', subject, detail } : { state: 'note', subject, detail, advice };
export const wrong = (subject: string, detail: string, advice: string): Finding => ({
  state: 'wrong',
  subject,
  detail,
  advice,
});

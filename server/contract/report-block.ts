/** A part of a report: text as Markdown, a picture as an SVG that the hub drew, or a table of plain words. */
export type ReportBlock =
  | { kind: 'text'; markdown: string }
  | { kind: 'picture'; svg: string }
  | { kind: 'table'; columns: string[]; rows: string[][] };

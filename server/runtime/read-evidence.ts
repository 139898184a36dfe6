/** What JSON of the evidence says: each value with the names that it stands under, and how long each list is. */
export type Told = {
  values: { names: string; value: string }[];
  lists: { name: string; length: number }[];
  /** Evidence that is no JSON, such as a question. */
  texts: string[];
};

const mostValues = 50_000;

/** Reads evidence as JSON, behind whatever words stand around it; what is cut off in the middle is left as text. */
export function readEvidence(evidence: readonly string[]): Told {
  const told: Told = { values: [], lists: [], texts: [] };
  for (const text of evidence) {
    const whole = parse(text);
    const found = whole === undefined ? text.split('\n').map(parse) : [whole];
    const read = found.filter((one) => one !== undefined);
    if (read.length === 0) told.texts.push(text);
    for (const one of read) gather(one, '', told);
  }
  return told;
}

const toJson = (text: string) => /[[{][^]*[\]}]/.exec(text)?.[0] ?? '';

function parse(text: string): unknown {
  const json = toJson(text);
  if (json === '') return undefined;
  try {
    return JSON.parse(json) as unknown;
  } catch {
    return undefined;
  }
}

function gather(value: unknown, names: string, told: Told): void {
  if (told.values.length > mostValues) return;
  if (typeof value === 'string' || typeof value === 'number') told.values.push({ names, value: String(value) });
  else if (Array.isArray(value)) {
    told.lists.push({ name: names.slice(names.lastIndexOf('.') + 1), length: value.length });
    for (const one of value) gather(one, names, told);
  } else if (typeof value === 'object' && value !== null) {
    const columns = 'columns' in value && 'rows' in value ? listNames(value.columns) : [];
    for (const [name, one] of Object.entries(value)) {
      if (name !== 'rows' || columns.length === 0 || !Array.isArray(one)) gather(one, `${names}.${name}`, told);
      else {
        told.lists.push({ name, length: one.length });
        for (const row of one)
          if (Array.isArray(row)) for (const [at, cell] of row.entries()) gather(cell, `.${columns[at] ?? ''}`, told);
      }
    }
  }
}

const listNames = (columns: unknown): string[] =>
  Array.isArray(columns)
    ? columns.map((column: unknown) => {
        const name: unknown = Array.isArray(column)
          ? column[0]
          : typeof column === 'object' && column !== null && 'name' in column
            ? column.name
            : column;
        return typeof name === 'string' ? name : '';
      })
    : [];

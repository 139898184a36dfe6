/** A value of a result as a cell shows it; what is nothing shows as nothing. */
export function toCell(value: unknown): string {
  if (value === null || value === undefined) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

const figures = /^(?:U?(?:TINYINT|SMALLINT|INTEGER|BIGINT|HUGEINT)|BIGNUM|FLOAT|DOUBLE|DECIMAL\(.*\))$/;

/** Whether values of a type are figures, and stand to the right. */
export const isFigureType = (type: string) => figures.test(type);

/** Whether values of a type are moments. */
export const isTimeType = (type: string) => /^(?:DATE|TIMESTAMP)/.test(type);

const figures = /^(?:U?(?:TINYINT|SMALLINT|INTEGER|BIGINT|HUGEINT)|BIGNUM|FLOAT|DOUBLE|DECIMAL\(.*\))$/;

/** Whether values of a type of DuckDB are figures. */
export const isFigureType = (type: string) => figures.test(type);

/** Whether values of a type of DuckDB are moments. */
export const isTimeType = (type: string) => /^(?:DATE|TIMESTAMP)/.test(type);

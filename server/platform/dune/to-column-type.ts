const plain: Record<string, string> = {
  boolean: 'BOOLEAN',
  tinyint: 'INTEGER',
  smallint: 'INTEGER',
  integer: 'INTEGER',
  bigint: 'BIGINT',
  uint256: 'HUGEINT',
  int256: 'HUGEINT',
  double: 'DOUBLE',
  real: 'DOUBLE',
  date: 'DATE',
};

/** Dune's type of a column as the hub stores it; bytes stay `0x…` and lists stay JSON, both as text. */
export function toColumnType(type: string): string {
  const name = type.trim().toLowerCase();
  if (/^timestamp.*with time zone$/.test(name)) return 'TIMESTAMP WITH TIME ZONE';
  if (/^timestamp(?:\(\d+\))?$/.test(name)) return 'TIMESTAMP';
  const decimal = /^decimal\((\d+),\s*(\d+)\)$/.exec(name);
  if (decimal !== null && Number(decimal[1]) <= 38) return `DECIMAL(${decimal[1]},${decimal[2]})`;
  return plain[name] ?? 'VARCHAR';
}

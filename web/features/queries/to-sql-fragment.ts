import type { AskedSql } from './find-asked-sql.ts';

/** As the fragment of an address, which no server is asked about: SQL may be longer than an address may be. */
export const toSqlFragment = ({ sql, parameters, engine }: AskedSql): string =>
  `#${new URLSearchParams({ sql, ...(parameters.length > 0 && { parameters: JSON.stringify(parameters) }), ...(engine !== undefined && { engine }) }).toString()}`;

import type { Actor } from '#server/contract/actor.ts';
import type { QueryTable } from '#server/contract/dataset.ts';
import { tableNotFound } from './query-errors.ts';
import type { SourceTable } from './query-ports.ts';

/** What there is to query, wherever it comes from. */
export function createTableService({ listTables }: { listTables: (actor: Actor) => Promise<SourceTable[]> }) {
  const list = async (actor: Actor): Promise<QueryTable[]> => (await listTables(actor)).map(present);

  return {
    list,
    /** @throws {HubError} `not_found` */
    get: async (actor: Actor, name: string): Promise<QueryTable> => {
      const table = (await list(actor)).find((candidate) => candidate.name.toLowerCase() === name.toLowerCase());
      if (table === undefined) throw tableNotFound(name);
      return table;
    },
  };
}
export type TableService = ReturnType<typeof createTableService>;

const present = ({ schema, name, rows, columns, datasetId, ...rest }: SourceTable): QueryTable => ({
  name: schema === null ? name : `${schema}.${name}`,
  description: rest.description,
  ...(rest.descriptionWords !== undefined && { descriptionWords: rest.descriptionWords }),
  rows,
  columns,
  datasetId,
  ...(rest.wrongChecksums !== undefined && { wrongChecksums: rest.wrongChecksums }),
});

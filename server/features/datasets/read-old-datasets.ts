import type { Actor } from '#server/contract/actor.ts';
import { isWholePerson } from '#server/is-whole-person.ts';
import type { DatasetPorts } from './dataset-ports.ts';
import type { DatasetRecord, DatasetRepository } from './dataset-repository.ts';
import { toContent } from './to-content.ts';

const mostAtOnce = 50;

type Needs = { repository: DatasetRepository; ports: Pick<DatasetPorts, 'importTable' | 'logError'> };

/**
 * Brings tables that were made before addresses were kept by one rule to it, from the files that were uploaded. Each is done
 * for itself, so what was cut off goes on where it was; a table that cannot be read again stays as it is.
 */
export function createOldDatasetReader({ repository, ports }: Needs) {
  const given = new Set<string>();

  async function readAnew(dataset: DatasetRecord, signal: AbortSignal): Promise<void> {
    const { id, name, sourceSha256: sha256, format, columns: types, tableSha256 } = dataset;
    if (given.has(id)) return;
    try {
      const made = await ports.importTable({ sha256, format, name, types }, signal);
      await repository.replaceTable(id, tableSha256, toContent(made));
    } catch (thrown) {
      if (signal.aborted) throw thrown;
      given.add(id);
      ports.logError(thrown, 'a dataset could not be read again');
    }
  }

  return {
    /** Those that a statement may name, before it is run. */
    prepare: async (actor: Actor, sql: string, signal: AbortSignal): Promise<void> => {
      if (!isWholePerson(actor)) return;
      const text = sql.toLowerCase();
      const old = (await repository.listOldOf(actor.userId)).filter(({ name }) => text.includes(name));
      for (const dataset of old) await readAnew(dataset, signal);
    },

    /** All of them, one after the other. */
    readAll: async (signal: AbortSignal): Promise<void> => {
      for (const dataset of await repository.listOld(mostAtOnce)) await readAnew(dataset, signal);
    },
  };
}

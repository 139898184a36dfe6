import type { Prices } from './find-price.ts';
import {
  type EnvironmentModels,
  type OpenConnection,
  toEnvironmentConnections,
  toOpenConnection,
} from './model-connections.ts';
import type { ConnectionRecord, ModelRepository } from './model-repository.ts';

type Settings = {
  /** The hub's: those of the environment and the stored ones, with their keys. */
  connections: OpenConnection[];
  /** A person's own, with their keys, oldest first; nobody's for null. */
  listOwn: (personId: string | null) => OpenConnection[];
  prices: Prices;
  defaultModel: string | null;
};

type Needs = {
  repository: Pick<ModelRepository, 'listConnections' | 'readPrices' | 'readDefaultModel'>;
  environment: EnvironmentModels;
  openSecret: (envelope: string, context: string) => string;
  now: () => Date;
};

const keptMs = 3000;

/** Keys are opened when their person needs them: one that cannot be opened is nobody else's trouble. */
function createOwnLister(records: ConnectionRecord[], openSecret: Needs['openSecret']) {
  const opened = new Map<string, OpenConnection[]>();
  return (personId: string | null): OpenConnection[] => {
    if (personId === null) return [];
    const known = opened.get(personId);
    if (known !== undefined) return known;
    const own = records
      .filter(({ ownerId }) => ownerId === personId)
      .map((record) => toOpenConnection(record, openSecret));
    opened.set(personId, own);
    return own;
  };
}

/** What administrators and people connected and set, kept for a moment so that runs do not read it each time. */
export function createAdministratorSettings({ repository, environment, openSecret, now }: Needs) {
  let kept: { at: number; value: Promise<Settings> } | null = null;

  async function load(): Promise<Settings> {
    const [records, prices, defaultModel] = await Promise.all([
      repository.listConnections(),
      repository.readPrices(),
      repository.readDefaultModel(),
    ]);
    const stored = records
      .filter(({ ownerId }) => ownerId === null)
      .map((record) => toOpenConnection(record, openSecret));
    const taken = new Set(stored.map(({ id }) => id));
    const outside = toEnvironmentConnections(environment).filter(({ id }) => !taken.has(id));
    return {
      connections: [...outside, ...stored],
      listOwn: createOwnLister(records, openSecret),
      prices,
      defaultModel,
    };
  }

  return {
    /** As they are stored now. */
    load,
    /** As they were a few seconds ago at most. */
    read: (): Promise<Settings> => {
      if (kept === null || now().getTime() - kept.at > keptMs) {
        const value = load();
        value.catch(() => (kept = null));
        kept = { at: now().getTime(), value };
      }
      return kept.value;
    },
    forget: () => {
      kept = null;
    },
  };
}
export type AdministratorSettings = ReturnType<typeof createAdministratorSettings>;

import MiniSearch from 'minisearch';
import { wordSearch } from '#server/contract/search-words.ts';
import type { SearchedAgent, StandingRepository } from './standing-repository.ts';

const mostAgents = 20_000;
const mostFound = 200;
const freshMs = 1_000;
/** Changes are asked for from a little before the last look: clocks differ, and a commit takes its time. */
const overlapMs = 60_000;
const rebuildMs = 60 * 60_000;

type Shelf = { index: MiniSearch<SearchedAgent>; madeAtMs: number; lookedAtMs: number };

function createIndex() {
  return new MiniSearch<SearchedAgent>({
    fields: ['name', 'tags', 'tagline', 'handle', 'creator', 'description', 'translations'],
    ...wordSearch,
    searchOptions: {
      ...wordSearch.searchOptions,
      boost: { name: 4, tags: 2, tagline: 2, handle: 2, description: 0.5 },
    },
  });
}

/**
 * Finds agents by words, typing errors forgiven, in an index in this process's memory.
 *
 * The index is brought up to date with what changed, at most once a second, and made anew every hour. It may name agents
 * that the hub no longer shows: who asks looks them up.
 */
export function createAgentSearch({ repository }: { repository: Pick<StandingRepository, 'listForSearch'> }) {
  let shelf: Shelf | null = null;
  let preparing: Promise<Shelf> | null = null;

  async function build(atMs: number): Promise<Shelf> {
    const agents = await repository.listForSearch({ since: null, limit: mostAgents });
    const index = createIndex();
    await index.addAllAsync(agents, { chunkSize: 100 });
    return { index, madeAtMs: atMs, lookedAtMs: atMs };
  }

  async function update({ index, madeAtMs, lookedAtMs }: Shelf, atMs: number): Promise<Shelf> {
    const since = new Date(lookedAtMs - overlapMs);
    const changed = await repository.listForSearch({ since, limit: mostAgents });
    for (const agent of changed) {
      if (index.has(agent.id)) index.discard(agent.id);
      if (agent.isOpen) index.add(agent);
    }
    return { index, madeAtMs, lookedAtMs: atMs };
  }

  async function prepare(): Promise<Shelf> {
    const atMs = Date.now();
    if (shelf !== null && atMs - shelf.lookedAtMs < freshMs) return shelf;
    const isOld = shelf === null || atMs - shelf.madeAtMs > rebuildMs;
    preparing ??= (shelf === null || isOld ? build(atMs) : update(shelf, atMs))
      .then((made) => (shelf = made))
      .finally(() => (preparing = null));
    if (shelf === null || !isOld) return preparing;
    // Nobody waits for it to be made anew; where that fails, the next search tries again.
    preparing.catch(() => undefined);
    return shelf;
  }

  /** Identifiers, best first; all words must fit, or, where that finds nothing, some. */
  return async function searchAgents(text: string): Promise<string[]> {
    const { index } = await prepare();
    const all = index.search(text, { combineWith: 'AND' });
    const found = all.length > 0 ? all : index.search(text, { combineWith: 'OR' });
    return found.slice(0, mostFound).map(({ id }) => String(id));
  };
}

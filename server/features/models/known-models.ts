import type { LocalizedText } from '#server/contract/localized-text.ts';
import { HubError } from '#server/hub-error.ts';
import { listProviderModels, type OfferedModel } from './list-provider-models.ts';
import type { OpenConnection } from './model-connections.ts';
import type { FindWayOut } from './ways-out.ts';

type Answer = { models: OfferedModel[]; problem: LocalizedText | null };

const keptMs = 60_000;
const askTimeoutMs = 4000;

/** Remembers for a minute what each connection said of its models, so that a page or a run does not wait for it. */
export function createKnownModels({ findWayOut, now }: { findWayOut: FindWayOut; now: () => Date }) {
  const known = new Map<string, { at: number; answer: Promise<Answer> }>();
  /** Kept longer than the lists: nobody waits for it, and it hardly changes. */
  const offered = new Map<string, Map<string, OfferedModel>>();

  async function ask(connection: OpenConnection): Promise<Answer> {
    try {
      const signal = AbortSignal.timeout(askTimeoutMs);
      const { fetch } = findWayOut(connection);
      const models = await listProviderModels(connection, { fetch, timeoutMs: askTimeoutMs, signal });
      offered.set(connection.id, new Map(models.map((model) => [model.id, model])));
      return { models, problem: null };
    } catch (error) {
      const problem = error instanceof HubError ? error.words : { en: 'It did not answer.', zh: '它没有响应。' };
      return { models: [], problem };
    }
  }

  return {
    read: (connection: OpenConnection): Promise<Answer> => {
      const found = known.get(connection.id);
      if (found !== undefined && now().getTime() - found.at < keptMs) return found.answer;
      const answer = ask(connection);
      known.set(connection.id, { at: now().getTime(), answer });
      return answer;
    },
    /** What the provider said of a model when it was last asked; null when it was not, or did not. */
    recall: (connection: string, model: string): OfferedModel | null => offered.get(connection)?.get(model) ?? null,
    forget: (id: string) => {
      known.delete(id);
      offered.delete(id);
    },
  };
}
export type KnownModels = ReturnType<typeof createKnownModels>;

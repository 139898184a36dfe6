import type { Actor } from '#server/contract/actor.ts';
import type { ConnectionTest } from '#server/contract/model.ts';
import { HubError } from '#server/hub-error.ts';
import type { FindConnection } from './find-connection.ts';
import type { KnownModels } from './known-models.ts';
import { listProviderModels } from './list-provider-models.ts';
import type { FindWayOut } from './ways-out.ts';

const timeoutMs = 10_000;

const unanswered = (cause: unknown) =>
  new HubError('model_unavailable', { en: 'It did not answer.', zh: '没有响应。' }, { cause });

type Needs = { findConnection: FindConnection; findWayOut: FindWayOut; known: KnownModels };

/** Asks the provider of a connection now; a failure is an answer, not an error. */
export function createConnectionTester({ findConnection, findWayOut, known }: Needs) {
  /** @throws {HubError} `not_found`, `forbidden` */
  return async (actor: Actor, id: string, language: 'en' | 'zh' = 'en'): Promise<ConnectionTest> => {
    const connection = await findConnection(actor, id);
    known.forget(id);
    try {
      const signal = AbortSignal.timeout(timeoutMs);
      const { fetch } = findWayOut(connection);
      const found = await listProviderModels(connection, { fetch, timeoutMs, signal });
      const count = { en: `${found.length} ${found.length === 1 ? 'model' : 'models'}`, zh: `${found.length} 个模型` };
      return { works: true, detail: count[language], models: found.map(({ id: model }) => model) };
    } catch (error) {
      const failure = error instanceof HubError ? error : unanswered(error);
      const { detail } = failure.toProblem(undefined, language);
      return { works: false, detail, models: [] };
    }
  };
}

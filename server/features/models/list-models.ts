import type { Actor } from '#server/contract/actor.ts';
import { ModelAbilities, type ModelList, type ModelSummary } from '#server/contract/model.ts';
import type { AdministratorSettings } from './administrator-settings.ts';
import { canUseOwnConnections } from './connection-policy.ts';
import type { KnownModels } from './known-models.ts';
import type { OpenConnection } from './model-connections.ts';
import { type ModelResolver, planner } from './resolve-models.ts';

type Needs = {
  settings: AdministratorSettings;
  known: KnownModels;
  resolver: Pick<ModelResolver, 'toResolved' | 'resolveDefault' | 'findImageEndpoint'>;
  findLocal: () => Promise<OpenConnection[]>;
};

/**
 * Lists the models that an actor's agents may wish for, the hub's and the actor's own, and the connections that could not say
 * which they have.
 */
export function createModelLister({ settings, known, resolver, findLocal }: Needs) {
  return async (actor: Actor): Promise<ModelList> => {
    const personId = canUseOwnConnections(actor) ? actor.userId : null;
    const { connections, listOwn, prices } = await settings.read();
    const all = [...connections, ...(await findLocal()), ...listOwn(personId)];
    const answers = await Promise.all(
      all.map(async (connection) => ({ connection, ...(await known.read(connection)) })),
    );
    const chosen = await resolver.resolveDefault(personId);
    const items = answers.flatMap(({ connection, models }) =>
      models.map(({ id: model }): ModelSummary => {
        const resolved = resolver.toResolved(connection, model, prices);
        const { reference, price, ownerId } = resolved;
        return {
          reference,
          name: model,
          provider: connection.name,
          kind: 'language-model',
          personal: ownerId !== null,
          price,
          isDefault: reference === chosen.reference,
          ...ModelAbilities.parse(resolved),
        };
      }),
    );
    items.push({
      reference: planner.reference,
      name: planner.model,
      provider: 'Offline planner',
      kind: 'planner',
      personal: false,
      price: planner.price,
      isDefault: chosen.reference === planner.reference,
      ...ModelAbilities.parse(planner),
    });
    const problems = answers.flatMap(({ connection, problem }) =>
      problem === null
        ? []
        : [{ connection: connection.id, name: connection.name, detail: problem.en, words: problem }],
    );
    const imageModel = (await resolver.findImageEndpoint(personId))?.reference ?? null;
    return { items, defaultModel: chosen.reference, imageModel, problems };
  };
}

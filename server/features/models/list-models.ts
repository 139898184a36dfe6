import { ModelAbilities, type ModelList, type ModelSummary } from '#server/contract/model.ts';
import type { AdministratorSettings } from './administrator-settings.ts';
import type { KnownModels } from './known-models.ts';
import type { OpenConnection } from './model-connections.ts';
import { type ModelResolver, planner } from './resolve-models.ts';

type Needs = {
  settings: AdministratorSettings;
  known: KnownModels;
  resolver: Pick<ModelResolver, 'toResolved' | 'resolveDefault' | 'findImageEndpoint'>;
  findLocal: () => Promise<OpenConnection[]>;
};

/** Lists the models that agents may wish for, and the connections that could not say which they have. */
export function createModelLister({ settings, known, resolver, findLocal }: Needs) {
  return async (): Promise<ModelList> => {
    const { connections, prices } = await settings.read();
    const all = [...connections, ...(await findLocal())];
    const answers = await Promise.all(
      all.map(async (connection) => ({ connection, ...(await known.read(connection)) })),
    );
    const chosen = await resolver.resolveDefault();
    const items = answers.flatMap(({ connection, models }) =>
      models.map(({ id: model }): ModelSummary => {
        const resolved = resolver.toResolved(connection, model, prices);
        const { reference, price } = resolved;
        return {
          reference,
          name: model,
          provider: connection.name,
          kind: 'language-model',
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
      price: planner.price,
      isDefault: chosen.reference === planner.reference,
      ...ModelAbilities.parse(planner),
    });
    const problems = answers.flatMap(({ connection, problem }) =>
      problem === null ? [] : [{ connection: connection.id, name: connection.name, detail: problem }],
    );
    const imageModel = (await resolver.findImageEndpoint())?.reference ?? null;
    return { items, defaultModel: chosen.reference, imageModel, problems };
  };
}

import type { AgentDefinition } from '#server/contract/agent-definition.ts';
import type { ModelList } from '#server/contract/model.ts';
import type { ListedTool } from '#server/contract/tool.ts';

/** What an agent uses that this hub does not have, or not for its owner. */
export type MissingParts = { models: string[]; tools: string[] };

const toConnection = (reference: string) => reference.slice(0, reference.indexOf('/'));

/** Whether a model is listed; if not, whether its connection is there at all. */
export function findModelStanding(
  reference: string,
  { items, problems }: Pick<ModelList, 'items' | 'problems'>,
): 'listed' | 'notListed' | 'notConnected' {
  if (items.some((model) => model.reference === reference)) return 'listed';
  const connections = [
    ...items.map((model) => toConnection(model.reference)),
    ...problems.map((one) => one.connection),
  ];
  return connections.includes(toConnection(reference)) ? 'notListed' : 'notConnected';
}

export function findMissingParts(
  { model, tools }: Pick<AgentDefinition, 'model' | 'tools'>,
  models: Pick<ModelList, 'items' | 'problems'>,
  offered: readonly Pick<ListedTool, 'id'>[],
): MissingParts {
  return {
    models: model.wishes.filter((wish) => findModelStanding(wish, models) !== 'listed'),
    tools: tools.map(({ id }) => id).filter((id) => !offered.some((tool) => tool.id === id)),
  };
}

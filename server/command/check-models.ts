import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Actor } from '#server/contract/actor.ts';
import { listModelHosts } from '#server/features/models/model-hosts.ts';
import { createModelRepository } from '#server/features/models/model-repository.ts';
import { createModelService } from '#server/features/models/model-service.ts';
import { createEgress } from '#server/platform/egress/create-egress.ts';
import { createSecrets } from '#server/platform/secrets.ts';
import { type Finding, fine, note, wrong } from './finding.ts';
import type { HubData } from './with-hub-data.ts';

/** Nobody's account: it has no connections of its own, and is shown the hub's. */
const operator: Actor = { userId: '', name: '', role: 'administrator', key: null };

/** Asks every provider that is connected for the hub for its models. */
export async function checkModels(data: HubData): Promise<Finding[]> {
  const egress = createEgress({ allowed: [...data.environment.egressAllow, ...listModelHosts(data.environment)] });
  try {
    const models = openModels(data, egress);
    const connections = await models.listConnections(operator);
    if (connections.length === 0) {
      const advice =
        'Set OPENAI_API_KEY, ANTHROPIC_API_KEY, GOOGLE_API_KEY or MISTRAL_API_KEY, or connect one in the page.';
      return [note('Models', 'No language model is connected: agents use the offline planner.', advice)];
    }
    return await Promise.all(
      connections.map(async ({ id, name, origin, baseUrl }) => {
        const { works, detail } = await models.testConnection(operator, id);
        const subject = `Model connection ${name}${origin === 'environment' ? ' (environment)' : ''}`;
        return works
          ? fine(subject, `${baseUrl} answers: ${detail}`)
          : wrong(subject, `${baseUrl}: ${detail}`, 'Check its address and key in the page or the environment.');
      }),
    );
  } catch (error) {
    const advice = 'Put back the secrets.json of this data, or enter the provider keys again in the page.';
    return [wrong('Models', error instanceof Error ? error.message : String(error), advice)];
  } finally {
    await egress.close();
  }
}

function openModels({ database, environment }: HubData, egress: ReturnType<typeof createEgress>) {
  const file = join(environment.dataFolder, 'secrets.json');
  const refuse = () => {
    throw new Error(`${file} is missing, and the data has provider keys sealed with it.`);
  };
  return createModelService({
    repository: createModelRepository({ database }),
    environment,
    findLocalServers: environment.findLocalModels,
    waysOut: { hub: egress, personal: egress },
    secrets: existsSync(file) ? createSecrets({ file }) : { seal: refuse, open: refuse },
    now: () => new Date(),
  });
}

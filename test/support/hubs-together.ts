import type { Scope } from '#server/contract/api-key.ts';
import { buildTestApp, type TestApp } from './build-test-app.ts';
import { createRunAgent, send } from './run-engine.ts';
import { createScriptedModel } from './scripted-model/create-scripted-model.ts';
import { createServerDatabase } from './server-database.ts';

export type HubsTogether = Awaited<ReturnType<typeof startHubsTogether>>;
type Options = NonNullable<Parameters<typeof buildTestApp>[0]>;
type Request = Parameters<typeof send>[2];

/** Two hubs on one database of a real server, each with connections of its own, and a person whose key works on both. */
export async function startHubsTogether({
  scopes = ['agents:read', 'runs:write', 'conversations:read'],
  ...options
}: Pick<Options, 'now' | 'variables'> & { scopes?: Scope[] } = {}) {
  const server = await createServerDatabase();
  const model = await createScriptedModel({ models: ['test-model'] });
  const variables = { OPENAI_BASE_URL: `${model.url}/v1`, OPENAI_API_KEY: 'none', ...options.variables };
  const openDatabase = async () => ({
    database: await server.open(),
    dataFolder: server.dataFolder,
    close: async () => {},
  });
  const hubs: TestApp[] = [];
  for (let number = 0; number < 2; number += 1) hubs.push(await buildTestApp({ ...options, variables, openDatabase }));
  const [first, second] = hubs as [TestApp, TestApp];
  const ada = await first.createPerson();
  const { key } = await ada.createKey([...scopes]);
  const places = [await first.listen(), await second.listen()];
  return {
    model,
    first,
    second,
    ada,
    createAgent: (definition: object = {}) => createRunAgent(ada, definition),
    /** Another person's key. */
    createStranger: async () => (await (await first.createPerson()).createKey([...scopes])).key,
    here: (path: string, request?: Request) => send({ url: places[0] ?? '', key }, path, request),
    there: (path: string, request?: Request) => send({ url: places[1] ?? '', key }, path, request),
    close: async () => {
      for (const hub of hubs) {
        hub.app.server.closeAllConnections();
        await hub.close();
      }
      await server.close();
      await model.close();
    },
  };
}

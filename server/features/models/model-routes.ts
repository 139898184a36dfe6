import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { type ActDetail, toChange } from '#server/contract/audit.ts';
import { Identifier } from '#server/contract/identifier.ts';
import {
  Connection,
  ConnectionTest,
  CreateConnectionInput,
  ModelList,
  PriceRow,
  SetDefaultModelInput,
  SetPriceInput,
  UpdateConnectionInput,
} from '#server/contract/model.ts';
import { problemResponses } from '#server/contract/problem.ts';
import { readLanguage } from '#server/read-language.ts';
import type { ModelService } from './model-service.ts';

const tags = ['models'];
const administrator = { access: 'administrator' } as const;
const reading = { scope: 'agents:read' } as const;
const writing = { scope: 'agents:write' } as const;
/** What the audit tells of a connection; an address may hold a secret in its path, so only its host. */
const describe = ({ provider, baseUrl }: Connection) => ({ provider, host: new URL(baseUrl).host });
const describeAll = (connection: Connection) => ({
  name: connection.name,
  ...describe(connection),
  api: connection.api,
  maximumConcurrentCalls: connection.maximumConcurrentCalls,
});
const connectionParams = z.object({ connection: Identifier });

/** Models, the connections to their providers, and their prices. */
export function modelRoutes({ models }: { models: ModelService }): FastifyPluginAsyncZod {
  /** What the table says of a model now, by exactly this name. */
  const readPrice = async (name: string): Promise<ActDetail> => {
    const row = (await models.listPrices()).find(({ model }) => model === name);
    if (row === undefined) return {};
    const { inputUsd, outputUsd, cachedInputUsd, unit } = row;
    return { inputUsd, outputUsd, cachedInputUsd, unit };
  };
  return async (app) => {
    app.get(
      '/api/models',
      {
        config: reading,
        schema: {
          operationId: 'listModels',
          tags,
          summary: 'The models that agents may wish for, with prices',
          response: { 200: ModelList },
        },
      },
      async (request) => models.listModels(request.actor),
    );

    app.put(
      '/api/models/default',
      {
        config: administrator,
        schema: {
          operationId: 'setDefaultModel',
          tags,
          summary: 'Sets what agents without a wish use; null for the first connected',
          body: SetDefaultModelInput,
          response: { 200: ModelList },
        },
      },
      async (request) => {
        const { defaultModel } = await models.listModels(request.actor);
        request.act = {
          kind: 'default-model',
          ...toChange({ model: defaultModel }, { model: request.body.reference }),
        };
        await models.setDefaultModel(request.body.reference);
        return models.listModels(request.actor);
      },
    );

    app.get(
      '/api/models/prices',
      {
        config: reading,
        schema: {
          operationId: 'listPrices',
          tags,
          summary: 'The price table, in US dollars per million tokens or characters, or per minute',
          response: { 200: z.object({ items: z.array(PriceRow) }) },
        },
      },
      async () => ({ items: await models.listPrices() }),
    );

    app.put(
      '/api/models/prices',
      {
        config: administrator,
        schema: {
          operationId: 'setPrice',
          tags,
          summary: 'Sets the price of a model, or of all whose names begin so (`name*`)',
          body: SetPriceInput,
          response: { 204: z.null() },
        },
      },
      async (request, reply) => {
        const { model, ...price } = request.body;
        request.act = { kind: 'price-set', target: { name: model }, ...toChange(await readPrice(model), price) };
        await models.setPrice(request.body);
        return reply.code(204).send(null);
      },
    );

    app.delete(
      '/api/models/prices/:model',
      {
        config: administrator,
        schema: {
          operationId: 'removePrice',
          tags,
          summary: 'Takes an edited price away; the shipped one counts again',
          params: z.object({ model: z.string().min(1).max(200) }),
          response: { 204: z.null() },
        },
      },
      async (request, reply) => {
        const { model } = request.params;
        request.act = { kind: 'price-remove', target: { name: model }, before: await readPrice(model) };
        await models.removePrice(request.params.model);
        return reply.code(204).send(null);
      },
    );

    app.get(
      '/api/connections',
      {
        config: reading,
        schema: {
          operationId: 'listConnections',
          tags,
          summary: 'Connections to model providers: your own, and the hub’s for administrators',
          description:
            'The hub’s are those that administrators stored, those of the environment, and servers found on its machine. What others connected for themselves is shown to nobody else.',
          response: { 200: z.object({ items: z.array(Connection) }) },
        },
      },
      async (request) => ({ items: await models.listConnections(request.actor) }),
    );

    app.post(
      '/api/connections',
      {
        config: writing,
        schema: {
          operationId: 'createConnection',
          tags,
          summary: 'Connects a provider, for yourself or the hub; its key is stored sealed and never shown again',
          description:
            'Your own (`personal`) serves the agents that you own, whoever runs them, and the models that you choose for a run. It reaches public addresses and those that the operator allows. The hub’s serves everybody; only administrators make one.',
          body: CreateConnectionInput,
          response: { 201: Connection, ...problemResponses(403, 409) },
        },
      },
      async (request, reply) => {
        const connection = await models.createConnection(request.actor, request.body);
        if (!connection.personal) {
          request.act = { kind: 'connection-create', target: { name: connection.name }, detail: describe(connection) };
        }
        return reply.code(201).send(connection);
      },
    );

    app.patch(
      '/api/connections/:connection',
      {
        config: writing,
        schema: {
          operationId: 'updateConnection',
          tags,
          summary: 'Changes a connection; a key that is left out stays',
          params: connectionParams,
          body: UpdateConnectionInput,
          response: { 200: Connection, ...problemResponses(403, 404, 409) },
        },
      },
      async (request) => {
        const { connection: id } = request.params;
        const before = (await models.listConnections(request.actor)).find((one) => one.id === id);
        const connection = await models.updateConnection(request.actor, id, request.body);
        if (!connection.personal) {
          const newKey = request.body.apiKey !== undefined;
          const change = toChange(before === undefined ? {} : { ...describeAll(before), newKey }, {
            ...describeAll(connection),
            newKey,
          });
          request.act = { kind: 'connection-update', target: { name: connection.name }, ...change };
        }
        return connection;
      },
    );

    app.delete(
      '/api/connections/:connection',
      {
        config: writing,
        schema: {
          operationId: 'deleteConnection',
          tags,
          summary: 'Removes a connection and its key',
          params: connectionParams,
          response: { 204: z.null(), ...problemResponses(403, 404, 409) },
        },
      },
      async (request, reply) => {
        const { personal, name } = await models.removeConnection(request.actor, request.params.connection);
        if (!personal) request.act = { kind: 'connection-delete', target: { name } };
        return reply.code(204).send(null);
      },
    );

    app.post(
      '/api/connections/:connection/test',
      {
        config: writing,
        schema: {
          operationId: 'testConnection',
          tags,
          summary: 'Asks the provider for its models, and says what it answered',
          params: connectionParams,
          response: { 200: ConnectionTest, ...problemResponses(403, 404) },
        },
      },
      async (request) => models.testConnection(request.actor, request.params.connection, readLanguage(request.headers)),
    );
  };
}

import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
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
import type { ModelService } from './model-service.ts';

const tags = ['models'];
const administrator = { access: 'administrator' } as const;
/** What the audit tells of a connection; an address may hold a secret in its path, so only its host. */
const describe = ({ provider, baseUrl }: Connection) => ({ provider, host: new URL(baseUrl).host });
const connectionParams = z.object({ connection: Identifier });

/** Models, the connections to their providers, and their prices. */
export function modelRoutes({ models }: { models: ModelService }): FastifyPluginAsyncZod {
  return async (app) => {
    app.get(
      '/api/models',
      {
        config: { scope: 'agents:read' },
        schema: {
          operationId: 'listModels',
          tags,
          summary: 'The models that agents may wish for, with prices',
          response: { 200: ModelList },
        },
      },
      async () => models.listModels(),
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
        request.act = { kind: 'default-model', detail: { model: request.body.reference } };
        await models.setDefaultModel(request.body.reference);
        return models.listModels();
      },
    );

    app.get(
      '/api/models/prices',
      {
        config: { scope: 'agents:read' },
        schema: {
          operationId: 'listPrices',
          tags,
          summary: 'The price table, in US dollars per million tokens',
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
        request.act = { kind: 'price-set', target: { name: model }, detail: price };
        await models.setPrice(model, price);
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
        request.act = { kind: 'price-remove', target: { name: request.params.model } };
        await models.removePrice(request.params.model);
        return reply.code(204).send(null);
      },
    );

    app.get(
      '/api/connections',
      {
        config: administrator,
        schema: {
          operationId: 'listConnections',
          tags,
          summary: 'Connections to model providers: stored, from the environment, and found on this machine',
          response: { 200: z.object({ items: z.array(Connection) }) },
        },
      },
      async () => ({ items: await models.listConnections() }),
    );

    app.post(
      '/api/connections',
      {
        config: administrator,
        schema: {
          operationId: 'createConnection',
          tags,
          summary: 'Connects a provider; its key is stored sealed and never shown again',
          body: CreateConnectionInput,
          response: { 201: Connection },
        },
      },
      async (request, reply) => {
        const connection = await models.createConnection(request.actor, request.body);
        request.act = { kind: 'connection-create', target: { name: connection.name }, detail: describe(connection) };
        return reply.code(201).send(connection);
      },
    );

    app.patch(
      '/api/connections/:connection',
      {
        config: administrator,
        schema: {
          operationId: 'updateConnection',
          tags,
          summary: 'Changes a connection; a key that is left out stays',
          params: connectionParams,
          body: UpdateConnectionInput,
          response: { 200: Connection, ...problemResponses(404, 409) },
        },
      },
      async (request) => {
        const connection = await models.updateConnection(request.params.connection, request.body);
        const detail = { ...describe(connection), newKey: request.body.apiKey !== undefined };
        request.act = { kind: 'connection-update', target: { name: connection.name }, detail };
        return connection;
      },
    );

    app.delete(
      '/api/connections/:connection',
      {
        config: administrator,
        schema: {
          operationId: 'deleteConnection',
          tags,
          summary: 'Removes a connection and its key',
          params: connectionParams,
          response: { 204: z.null(), ...problemResponses(404, 409) },
        },
      },
      async (request, reply) => {
        request.act = { kind: 'connection-delete', target: { name: request.params.connection } };
        await models.removeConnection(request.params.connection);
        return reply.code(204).send(null);
      },
    );

    app.post(
      '/api/connections/:connection/test',
      {
        config: administrator,
        schema: {
          operationId: 'testConnection',
          tags,
          summary: 'Asks the provider for its models, and says what it answered',
          params: connectionParams,
          response: { 200: ConnectionTest, ...problemResponses(404) },
        },
      },
      async (request) => models.testConnection(request.params.connection),
    );
  };
}

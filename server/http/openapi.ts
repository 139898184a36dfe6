import swagger, { type FastifyDynamicSwaggerOptions } from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import type { FastifyPluginAsync, FastifySchema, RouteOptions } from 'fastify';
import fastifyPlugin from 'fastify-plugin';
import { jsonSchemaTransform, jsonSchemaTransformObject } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { problemResponses } from '#server/contract/problem.ts';
import { nameComponents } from './openapi-components.ts';
import { finishDocument } from './openapi-document.ts';
import { scopeFor } from './route-access.ts';
import './request-types.ts';

const description = `
The API of an Atrium hub: build agents, talk to them, run them from other software.

**Signing in.** Send \`Authorization: Bearer <API key>\`; keys are made in the page and carry scopes. The page itself uses a
session cookie; such requests may change things only from the hub's own origin.

**Failures** are problems (RFC 9457, \`application/problem+json\`). Switch on \`code\`, which is never renamed; \`errors\` names
every part of an input that is wrong, such as \`body.model.wishes.0\`.

**Lists** come in pages: send \`nextCursor\` of one page as \`cursor\` to get the next; it is null on the last one.

**Streams** are server-sent events. Each has an \`id\`, the event's type as \`event\`, and a \`RunEvent\` as \`data\`. To go on
after a cut connection, ask for the run's events again with the last id as \`Last-Event-ID\`. Ignore types that you do not know.
`.trim();

type Security = Record<string, string[]>[];
type DocumentedSchema = FastifySchema & { security?: Security; hide?: boolean };

function securityOf({ config }: RouteOptions): Security {
  const { access = 'signed-in', scope } = config ?? {};
  if (access === 'public' || access === 'anonymous') return [];
  const needed = scopeFor({ access, scope });
  return needed === null ? [{ session: [] }] : [{ session: [] }, { apiKey: [needed] }];
}

function problemsOf(schema: DocumentedSchema, security: Security) {
  return {
    ...(schema.body === undefined ? {} : problemResponses(400, 413, 415)),
    ...(security.length === 0 ? {} : problemResponses(401, 403)),
    ...problemResponses(429, 500),
  };
}

/** Adds to a route's schema what its access and its body make true of it. */
const transform: NonNullable<FastifyDynamicSwaggerOptions['transform']> = (document) => {
  const schema = document.schema as DocumentedSchema | undefined;
  if (schema === undefined || schema.hide === true) return { schema: { hide: true }, url: document.url };
  const security = schema.security ?? securityOf(document.route);
  const response = { ...problemsOf(schema, security), ...(schema.response as object | undefined) };
  return jsonSchemaTransform({ ...document, schema: { ...schema, security, response } });
};

const transformObject: NonNullable<FastifyDynamicSwaggerOptions['transformObject']> = (document) =>
  finishDocument({ ...jsonSchemaTransformObject(document) });

/**
 * Describes every route as OpenAPI 3.1 at `/api/openapi.json`, and shows it at `/api/docs`.
 *
 * Register it before the routes; the document is made when it is first asked for.
 */
export function openapi({ version }: { version: string }) {
  const plugin: FastifyPluginAsync = async (app) => {
    nameComponents();
    await app.register(swagger, {
      openapi: {
        openapi: '3.1.0',
        info: { title: 'Atrium', version, description, license: { name: 'Apache-2.0', identifier: 'Apache-2.0' } },
        servers: [{ url: '/' }],
        components: {
          securitySchemes: {
            session: {
              type: 'apiKey',
              in: 'cookie',
              name: 'atrium.session_token',
              description: 'The session of a person in the page.',
            },
            apiKey: {
              type: 'http',
              scheme: 'bearer',
              description: 'An API key (`atr_…`) with the scope that the route names.',
            },
          },
        },
      },
      transform,
      transformObject,
      convertConstToEnum: false,
    });

    app.get(
      '/api/openapi.json',
      {
        config: { access: 'anonymous' },
        schema: {
          operationId: 'getOpenApiDocument',
          tags: ['documents'],
          summary: 'This description',
          response: { 200: z.record(z.string(), z.unknown()) },
        },
      },
      async (_request, reply) => reply.serializer((value: unknown) => JSON.stringify(value)).send(app.swagger()),
    );

    await app.register(async (scope) => {
      scope.addHook('onRoute', (route) => {
        route.config = { ...route.config, access: 'anonymous' };
      });
      await scope.register(swaggerUi, {
        routePrefix: '/api/docs',
        theme: { title: 'Atrium API' },
        uiConfig: { deepLinking: true, displayRequestDuration: true },
      });
    });
  };
  return fastifyPlugin(plugin, { name: 'atrium-openapi', fastify: '5.x' });
}

import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { toChange } from '#server/contract/audit.ts';
import { HubCategory, HubCategoryList } from '#server/contract/hub-category.ts';
import { CreateCategoryInput, UpdateCategoryInput } from '#server/contract/hub-moderation.ts';
import { problemResponses } from '#server/contract/problem.ts';
import type { HubService } from './hub-service.ts';

const tags = ['hub'];
const config = { access: 'administrator' } as const;
const params = z.object({ category: CreateCategoryInput.shape.slug });

const describe = ({ name, hidden }: HubCategory) => ({ nameEn: name.en, nameZh: name.zh, hidden });

export function categoryRoutes({ hub }: { hub: HubService }): FastifyPluginAsyncZod {
  return async (app) => {
    app.get(
      '/api/hub/categories',
      {
        config: { scope: 'agents:read' },
        schema: {
          operationId: 'listCategories',
          tags,
          summary: 'List the categories of agents, hidden ones too',
          response: { 200: HubCategoryList, ...problemResponses(401, 403, 429) },
        },
      },
      async () => ({ items: await hub.listCategories() }),
    );

    app.post(
      '/api/hub/categories',
      {
        config,
        schema: {
          operationId: 'createCategory',
          tags,
          summary: 'Add a category',
          body: CreateCategoryInput,
          response: { 201: HubCategory, ...problemResponses(400, 401, 403, 409, 413, 415, 429) },
        },
      },
      async (request, reply) => {
        const category = await hub.createCategory(request.body);
        request.act = { kind: 'category-create', target: { name: category.slug }, detail: describe(category) };
        return reply.code(201).send(category);
      },
    );

    app.patch(
      '/api/hub/categories/:category',
      {
        config,
        schema: {
          operationId: 'updateCategory',
          tags,
          summary: 'Rename a category, or hide it',
          description: 'A hidden category is not offered any more; its agents stay where they are.',
          params,
          body: UpdateCategoryInput,
          response: { 200: HubCategory, ...problemResponses(400, 401, 403, 404, 413, 415, 429) },
        },
      },
      async (request) => {
        const { before, category } = await hub.updateCategory(request.params.category, request.body);
        const change = toChange(describe(before), describe(category));
        request.act = { kind: 'category-update', target: { name: category.slug }, ...change };
        return category;
      },
    );

    app.delete(
      '/api/hub/categories/:category',
      {
        config,
        schema: {
          operationId: 'deleteCategory',
          tags,
          summary: 'Delete a category that no agent is in',
          params,
          response: { 204: z.null(), ...problemResponses(400, 401, 403, 404, 409, 429) },
        },
      },
      async (request, reply) => {
        request.act = { kind: 'category-delete', target: { name: request.params.category } };
        await hub.deleteCategory(request.params.category);
        return reply.code(204).send(null);
      },
    );
  };
}

import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { toChange } from '#server/contract/audit.ts';
import { MonthlyBudget, PersonBudget, SetPersonBudgetInput } from '#server/contract/budget.ts';
import { Identifier } from '#server/contract/identifier.ts';
import { problemResponses } from '#server/contract/problem.ts';
import type { BudgetService } from './budget-service.ts';

const tags = ['usage'];
const params = z.object({ person: Identifier });

/** What people may spend in a month: `/api/budgets`. */
export function budgetRoutes({ budgets }: { budgets: BudgetService }): FastifyPluginAsyncZod {
  return async (app) => {
    app.get(
      '/api/budgets/mine',
      {
        config: { access: 'signed-in', scope: 'runs:write' },
        schema: {
          operationId: 'getMyBudget',
          tags,
          summary: 'What you may spend this month, and have',
          response: { 200: PersonBudget, ...problemResponses(401, 403, 429) },
        },
      },
      async (request) => budgets.readOwn(request.actor),
    );

    app.get(
      '/api/budgets/everybody',
      {
        config: { access: 'administrator' },
        schema: {
          operationId: 'getEverybodysBudget',
          tags,
          summary: 'The monthly budget of each person who has none of their own',
          response: { 200: MonthlyBudget, ...problemResponses(401, 403, 429) },
        },
      },
      async (request) => budgets.readEverybody(request.actor),
    );

    app.put(
      '/api/budgets/everybody',
      {
        config: { access: 'administrator' },
        schema: {
          operationId: 'setEverybodysBudget',
          tags,
          summary: 'Set the monthly budget of each person who has none of their own',
          body: MonthlyBudget,
          response: { 200: MonthlyBudget, ...problemResponses(400, 401, 403, 429) },
        },
      },
      async (request) => {
        const before = await budgets.readEverybody(request.actor);
        request.act = { kind: 'everybody-budget', ...toChange(before, request.body) };
        return budgets.setEverybody(request.actor, request.body);
      },
    );

    app.get(
      '/api/budgets/people/:person',
      {
        config: { access: 'administrator' },
        schema: {
          operationId: 'getPersonBudget',
          tags,
          summary: 'What a person may spend this month, and has',
          params,
          response: { 200: PersonBudget, ...problemResponses(401, 403, 404, 429) },
        },
      },
      async (request) => budgets.readPerson(request.actor, request.params.person),
    );

    app.put(
      '/api/budgets/people/:person',
      {
        config: { access: 'administrator' },
        schema: {
          operationId: 'setPersonBudget',
          tags,
          summary: 'Set a person’s own monthly budget, or take it away again',
          params,
          body: SetPersonBudgetInput,
          response: { 200: PersonBudget, ...problemResponses(400, 401, 403, 404, 429) },
        },
      },
      async (request) => {
        const { person } = request.params;
        const { budget } = request.body;
        const { own } = await budgets.readPerson(request.actor, person);
        const change = budget === null ? { before: own ?? {} } : toChange(own ?? {}, budget);
        request.act = { kind: 'person-budget', target: { person }, ...change };
        return budgets.setPerson(request.actor, person, budget);
      },
    );
  };
}

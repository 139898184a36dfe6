import { queryOptions } from '@tanstack/react-query';
import { MonthlyBudget, PersonBudget } from '#server/contract/budget.ts';
import { request } from '#web/lib/api-client.ts';

const ofPerson = (person: string) => `/api/budgets/people/${encodeURIComponent(person)}`;
const ofEverybody = '/api/budgets/everybody';

export const budgetsKey = ['budgets'];

/** What one may spend this month oneself, and has. */
export const myBudgetQuery = queryOptions({
  queryKey: [...budgetsKey, 'mine'],
  queryFn: ({ signal }) => request({ path: '/api/budgets/mine', schema: PersonBudget, signal }),
});

export const personBudgetQuery = (person: string) =>
  queryOptions({
    queryKey: [...budgetsKey, person],
    queryFn: ({ signal }) => request({ path: ofPerson(person), schema: PersonBudget, signal }),
  });

export const everybodysBudgetQuery = queryOptions({
  queryKey: [...budgetsKey, 'everybody'],
  queryFn: ({ signal }) => request({ path: ofEverybody, schema: MonthlyBudget, signal }),
});

/** `null`: the hub's budget for everybody holds again. */
export function setPersonBudget(person: string, budget: MonthlyBudget | null): Promise<PersonBudget> {
  return request({ path: ofPerson(person), method: 'PUT', body: { budget }, schema: PersonBudget });
}

export function setEverybodysBudget(budget: MonthlyBudget): Promise<MonthlyBudget> {
  return request({ path: ofEverybody, method: 'PUT', body: budget, schema: MonthlyBudget });
}

import { createBudgetRepository } from '#server/features/usage/budget-repository.ts';
import { createBudgetService } from '#server/features/usage/budget-service.ts';
import { createReservationRepository } from '#server/features/usage/reservation-repository.ts';
import { createUsageRepository } from '#server/features/usage/usage-repository.ts';
import { createUsageService } from '#server/features/usage/usage-service.ts';
import type { Database } from '#server/platform/database.ts';

type Needs = {
  database: Database;
  instanceId: string;
  now: () => Date;
  logError: (error: unknown, message: string) => void;
};

/** The usage's part of the wiring. Only processes that share a database need to tell each other what they hold. */
export function openUsage({ database, instanceId, now, logError }: Needs) {
  return {
    budgets: createBudgetService({
      repository: createBudgetRepository({ database, instanceId }),
      reservations: database.kind === 'server' ? createReservationRepository({ database, instanceId }) : null,
      now,
      logError,
    }),
    usage: createUsageService({ repository: createUsageRepository({ database }) }),
  };
}

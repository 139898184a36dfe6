import { randomBytes } from 'node:crypto';
import { v7 } from 'uuid';
import type { Actor } from '#server/contract/actor.ts';
import type {
  AddWidgetInput,
  CreateDashboardInput,
  Dashboard,
  DashboardListQuery,
  DashboardSummary,
  DashboardWidget,
  RefreshSchedule,
  UpdateDashboardInput,
} from '#server/contract/dashboard.ts';
import { mostParameters, mostWidgets } from '#server/contract/dashboard.ts';
import type { Page } from '#server/contract/page.ts';
import { HubError } from '#server/hub-error.ts';
import type { ExpectedRevision } from '#server/if-match.ts';
import { isWholePerson } from '#server/is-whole-person.ts';
import { readPageCursor, toPage } from '#server/page-cursor.ts';
import {
  dashboardChanged,
  dashboardInvalid,
  dashboardNotFound,
  dashboardOfOthers,
  dashboardRevisionMissing,
  dashboardsRefused,
  linksOff,
  mostDashboards,
  mostScheduled,
  tooManyDashboards,
  tooManyScheduled,
  tooManyWidgets,
} from './dashboard-errors.ts';
import { canEditDashboard, canSeeDashboard } from './dashboard-policy.ts';
import type { DashboardPorts } from './dashboard-ports.ts';
import type { DashboardRecord, DashboardRepository } from './dashboard-repository.ts';
import { placeWidget } from './place-widget.ts';
import { presentDashboard, presentSummary } from './present-dashboard.ts';
import { listCombinations } from './read-values.ts';
import { isDataWidget, type Refresher } from './refresh-dashboard.ts';

const shortestGapMs = 5 * 60 * 1000;

type Needs = {
  repository: DashboardRepository;
  refresher: Refresher;
  ports: Pick<
    DashboardPorts,
    'getQuery' | 'createQuery' | 'getExecution' | 'findNextTime' | 'isSharingAllowed' | 'now' | 'logError'
  >;
};

/** Dashboards: who has which, what is on them, who else sees them and when they become new by themselves. */
export function createDashboardService({ repository, refresher, ports }: Needs) {
  const present = (actor: Actor, dashboard: DashboardRecord) => presentDashboard(actor, dashboard, ports.now());

  /** @throws {HubError} `not_found` */
  async function find(actor: Actor, id: string): Promise<DashboardRecord> {
    const dashboard = await repository.find({ id });
    if (dashboard === null || !canSeeDashboard(actor, dashboard)) throw dashboardNotFound(id);
    return dashboard;
  }

  async function findOwn(actor: Actor, id: string): Promise<DashboardRecord> {
    const dashboard = await find(actor, id);
    if (!canEditDashboard(actor, dashboard)) throw dashboardOfOthers();
    return dashboard;
  }

  /** Queries that were there before may be gone; new ones have to be the actor's to see. */
  async function checkQueries(actor: Actor, widgets: DashboardWidget[], before: DashboardWidget[]): Promise<void> {
    const known = new Set(before.filter(isDataWidget).map(({ query }) => query));
    const checks = widgets.map(async (widget, index) => {
      if (!isDataWidget(widget) || known.has(widget.query)) return [];
      const found = await ports.getQuery(actor, widget.query).catch((thrown: unknown) => {
        if (thrown instanceof HubError) return null;
        throw thrown;
      });
      const message = { en: `There is no query "${widget.query}".`, zh: `没有查询“${widget.query}”。` };
      return found === null ? [{ path: `body.widgets.${index}.query`, message }] : [];
    });
    const issues = (await Promise.all(checks)).flat();
    if (issues.length > 0) throw dashboardInvalid(issues);
  }

  function findNext(schedule: RefreshSchedule | null): Date | null {
    if (schedule === null) return null;
    const path = 'body.schedule.cron';
    let next: Date | null;
    let following: Date | null;
    try {
      next = ports.findNextTime(schedule, ports.now());
      following = next === null ? null : ports.findNextTime(schedule, next);
    } catch {
      throw dashboardInvalid([{ path, message: { en: 'This is no time.', zh: '这不是时间。' } }]);
    }
    if (next === null) {
      throw dashboardInvalid([{ path, message: { en: 'This time never comes.', zh: '此时间永远不会到来。' } }]);
    }
    if (following !== null && following.getTime() - next.getTime() < shortestGapMs) {
      const message = {
        en: 'A dashboard refreshes itself every five minutes at most.',
        zh: '仪表板最多每五分钟自动刷新一次。',
      };
      throw dashboardInvalid([{ path, message }]);
    }
    return next;
  }

  async function schedule(ownerId: string, asked: RefreshSchedule | null): Promise<Date | null> {
    const next = findNext(asked);
    if (next !== null && (await repository.countScheduled(ownerId)) >= mostScheduled) throw tooManyScheduled();
    return next;
  }

  async function write(
    actor: Actor,
    dashboard: DashboardRecord,
    changes: Omit<UpdateDashboardInput, 'widgets' | 'parameters'> & { content?: DashboardRecord['content'] },
  ): Promise<DashboardRecord> {
    const { name, description, access, content } = changes;
    const done = await repository.update(dashboard.id, dashboard.revision, {
      ...(name === undefined ? {} : { name }),
      ...(description === undefined ? {} : { description }),
      ...(access === undefined ? {} : { access }),
      ...(content === undefined ? {} : { content }),
      ...(changes.schedule === undefined
        ? {}
        : {
            schedule: changes.schedule,
            nextRefreshAt:
              dashboard.schedule === null
                ? await schedule(dashboard.ownerId, changes.schedule)
                : findNext(changes.schedule),
          }),
      now: ports.now(),
    });
    const stored = await find(actor, dashboard.id);
    if (!done) throw dashboardChanged(stored.revision);
    return stored;
  }

  async function create(actor: Actor, input: CreateDashboardInput): Promise<Dashboard> {
    if (!isWholePerson(actor)) throw dashboardsRefused();
    const { userId: ownerId } = actor;
    const { widgets, parameters, ...details } = input;
    if ((await repository.count(ownerId)) >= mostDashboards) throw tooManyDashboards();
    await checkQueries(actor, widgets, []);
    const nextRefreshAt = await schedule(ownerId, input.schedule);
    const content = { widgets, parameters };
    const made = await repository.create({ ...details, content, nextRefreshAt, id: v7(), ownerId, now: ports.now() });
    return present(actor, made);
  }

  /**
   * The saved query of what a person would like to keep, with the values that it had; SQL that was only run is saved first.
   */
  async function findQuery(actor: Actor, { query, execution, title }: AddWidgetInput) {
    if (execution === undefined) return ports.getQuery(actor, query ?? '');
    const { queryId, engine, sql, parameters } = await ports.getExecution(actor, execution);
    if (queryId !== null) return { ...(await ports.getQuery(actor, queryId)), parameters };
    return ports.createQuery(actor, { name: title, description: '', access: 'private', engine, sql, parameters });
  }

  return {
    list: async (actor: Actor, query: DashboardListQuery): Promise<Page<DashboardSummary>> => {
      if (!isWholePerson(actor)) return { items: [], nextCursor: null };
      const { of, search, cursor, limit } = query;
      const found = await repository.list({
        ownerId: of === 'mine' ? actor.userId : null,
        search,
        before: readPageCursor(cursor),
        limit: limit + 1,
      });
      const { items, nextCursor } = toPage(found, limit, ({ updatedAt, id }) => ({ at: updatedAt, id }));
      return { items: items.map((dashboard) => presentSummary(actor, dashboard, ports.now())), nextCursor };
    },

    /** @throws {HubError} `not_found` */
    get: async (actor: Actor, id: string): Promise<Dashboard> => present(actor, await find(actor, id)),

    /** @throws {HubError} `forbidden`, `conflict`, `validation_failed` for queries that are not there */
    create,

    /** @throws {HubError} `not_found`, `forbidden`, `precondition_required`, `precondition_failed`, `validation_failed` */
    update: async (
      actor: Actor,
      { id, revision, changes }: { id: string; revision: ExpectedRevision; changes: UpdateDashboardInput },
    ): Promise<Dashboard> => {
      const dashboard = await findOwn(actor, id);
      if (revision === null) throw dashboardRevisionMissing();
      if (typeof revision === 'number' && revision !== dashboard.revision) throw dashboardChanged(dashboard.revision);
      const { widgets, parameters, ...details } = changes;
      const before = dashboard.content;
      await checkQueries(actor, widgets ?? [], before.widgets);
      const content = { widgets: widgets ?? before.widgets, parameters: parameters ?? before.parameters };
      return present(actor, await write(actor, dashboard, { ...details, content }));
    },

    /** @throws {HubError} `not_found`, `forbidden` */
    remove: async (actor: Actor, id: string): Promise<void> => {
      await findOwn(actor, id);
      await repository.remove(id);
    },

    /**
     * Puts a chart, table or counter at the end, and has it filled.
     *
     * @throws {HubError} `not_found`, `forbidden`, `conflict`
     */
    addWidget: async (actor: Actor, id: string, input: AddWidgetInput): Promise<Dashboard> => {
      const dashboard = await findOwn(actor, id);
      const { widgets, parameters } = dashboard.content;
      if (widgets.length >= mostWidgets) throw tooManyWidgets(mostWidgets);
      const query = await findQuery(actor, input);
      const { show, title } = input;
      const added = { ...show, id: v7(), title, query: query.id, place: placeWidget(show.kind, widgets) };
      const fresh = query.parameters.filter(({ name }) => parameters.every((known) => known.name !== name));
      const all = [...parameters, ...fresh].slice(0, mostParameters);
      const stored = await write(actor, dashboard, { content: { widgets: [...widgets, added], parameters: all } });
      await refresher.start(stored, listCombinations(stored.content), added.id);
      return present(actor, stored);
    },

    /** A new public link; the one before leads nowhere any more. @throws {HubError} `not_found`, `forbidden` */
    openLink: async (actor: Actor, id: string): Promise<Dashboard> => {
      await findOwn(actor, id);
      if (!(await ports.isSharingAllowed())) throw linksOff();
      await repository.setLink(id, randomBytes(16).toString('base64url'));
      return present(actor, await find(actor, id));
    },

    /** @throws {HubError} `not_found`, `forbidden` */
    revokeLink: async (actor: Actor, id: string): Promise<Dashboard> => {
      await findOwn(actor, id);
      await repository.setLink(id, null);
      return present(actor, await find(actor, id));
    },

    /** Begins the refreshes that are due; a time that was missed is made up for by one. */
    refreshDue: async (): Promise<void> => {
      const now = ports.now();
      for (const dashboard of await repository.listDue(now, 50)) {
        const { id, schedule: asked, nextRefreshAt: from } = dashboard;
        if (from === null || asked === null) continue;
        if (!(await repository.claimDue(id, { from, to: ports.findNextTime(asked, now) }))) continue;
        await refresher.start(dashboard, listCombinations(dashboard.content)).catch((error: unknown) => {
          ports.logError(error, 'a refresh could not begin');
        });
      }
    },
  };
}
export type DashboardService = ReturnType<typeof createDashboardService>;

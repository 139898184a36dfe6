import { v7 } from 'uuid';
import type { z } from 'zod';
import type { Actor } from '#server/contract/actor.ts';
import type {
  Alert,
  AlertChainList,
  AlertFiring,
  AlertFiringPage,
  AlertFiringQuery,
  AlertListQuery,
  AlertPreview,
  AlertWatch,
  CreateAlertInput,
  UpdateAlertInput,
} from '#server/contract/alert.ts';
import type { Page } from '#server/contract/page.ts';
import { HubError, toHubError } from '#server/hub-error.ts';
import { isWholePerson } from '#server/is-whole-person.ts';
import { readPageCursor, toPage } from '#server/page-cursor.ts';
import { createLoop } from '#server/run-loop.ts';
import { alertNotFound, alertsRefused, deliveryNotFound } from './alert-errors.ts';
import type { AlertFiringRepository } from './alert-firing-repository.ts';
import type { AlertPorts } from './alert-ports.ts';
import type { AlertRecord } from './alert-record.ts';
import type { AlertRepository } from './alert-repository.ts';
import { createAlertEditor } from './edit-alert.ts';
import { toBodyIssues } from './to-body-issues.ts';
import { createLooker, toDeliveries } from './look-at-alert.ts';
import { presentAlert, presentFiring } from './present-alert.ts';
import { createPreviewer } from './preview-alert.ts';
import { createWatcher } from './watch-alerts.ts';
import { createAlertTeller } from './tell-alert.ts';
import { withTimeLimit } from './with-time-limit.ts';

/** Somebody waits for it. */
const previewLimitMs = 45_000;
/** What cannot be looked at in this time is made all the same, and looked at later. */
const firstLookLimitMs = 12_000;

type Needs = { alerts: AlertRepository; firings: AlertFiringRepository; ports: AlertPorts };

/**
 * Alerts: what is looked at for people again and again, and told once when it happens, as their owner and with what the
 * owner may do.
 *
 * Nothing is looked at before `start`. Several processes may serve one database: what is due is claimed in it.
 */
export function createAlertService({ alerts, firings, ports }: Needs) {
  const { now, logError } = ports;
  const stopping = new AbortController();
  const tell = createAlertTeller({ alerts, firings, ports, stopSignal: stopping.signal });
  const look = createLooker({ firings, ports });
  const previewWatch = createPreviewer(ports);
  const lookAtDue = createWatcher({ alerts, look, ports, stopSignal: stopping.signal });

  const previewWithin = (limitMs: number) => (actor: Actor, watch: AlertWatch, signal: AbortSignal) =>
    withTimeLimit(limitMs, signal, (limited) => previewWatch(actor, watch, limited));
  const preview = previewWithin(previewLimitMs);

  const clock = createLoop({
    round: async () => {
      await lookAtDue();
      teller.wake();
      return alerts.findNextTime();
    },
    now,
    logFailure: (error) => logError(error, 'alerts could not be looked after'),
  });
  const teller = createLoop({
    round: async () => {
      await tell();
      return firings.findNextTime();
    },
    now,
    logFailure: (error) => logError(error, 'alerts could not be told'),
  });

  function checkActor(actor: Actor): void {
    if (!isWholePerson(actor)) throw alertsRefused();
  }

  async function get(actor: Actor, id: string): Promise<AlertRecord> {
    checkActor(actor);
    const record = await alerts.find(id);
    if (record?.ownerId !== actor.userId) throw alertNotFound(id);
    return record;
  }

  const chainName = (named: string) =>
    ports.chains.chains().find(({ slug, id, name }) => [slug, String(id), name].includes(named))?.name;

  async function presentAll(actor: Actor, records: AlertRecord[]): Promise<Alert[]> {
    const [sums, queries] = await Promise.all([
      firings.sumUp(records.map(({ id }) => id)),
      Promise.all(records.map(({ watch }) => findQueryName(actor, watch))),
    ]);
    return records.map((record, index) =>
      presentAlert(record, {
        ...(sums.get(record.id) ?? { unread: 0, lastFiredAt: null }),
        names: {
          chain: 'chain' in record.watch ? chainName(record.watch.chain) : undefined,
          query: queries[index],
        },
      }),
    );
  }
  const present = async (actor: Actor, record: AlertRecord) => (await presentAll(actor, [record]))[0] as Alert;

  async function findQueryName(actor: Actor, watch: AlertWatch): Promise<string | undefined> {
    if (watch.kind !== 'query') return undefined;
    try {
      return (await ports.getQuery(actor, watch.query)).name;
    } catch (thrown) {
      if (thrown instanceof HubError) return undefined;
      throw thrown;
    }
  }

  const editor = createAlertEditor({
    alerts,
    ports,
    preview: previewWithin(firstLookLimitMs),
    get,
    present,
    onChange: () => clock.wake(),
  });

  return {
    createAlert: async (
      actor: Actor,
      input: CreateAlertInput,
      options: { language: 'en' | 'zh'; signal: AbortSignal },
    ) => {
      checkActor(actor);
      return editor.create(actor, input, options);
    },
    updateAlert: (actor: Actor, id: string, input: UpdateAlertInput, signal: AbortSignal) =>
      editor.update(actor, id, input, signal),
    rotateSecret: editor.rotateSecret,

    previewAlert: async (actor: Actor, watch: AlertWatch, signal: AbortSignal): Promise<AlertPreview> => {
      checkActor(actor);
      try {
        return await preview(actor, watch, signal);
      } catch (thrown) {
        throw toBodyIssues(thrown);
      }
    },

    listAlerts: async (actor: Actor, query: z.output<typeof AlertListQuery>): Promise<Page<Alert>> => {
      if (!isWholePerson(actor)) return { items: [], nextCursor: null };
      const after = readPageCursor(query.cursor);
      const found = await alerts.list({ ownerId: actor.userId, after, limit: query.limit + 1 });
      const { items, nextCursor } = toPage(found, query.limit, ({ createdAt, id }) => ({ at: createdAt, id }));
      return { items: await presentAll(actor, items), nextCursor };
    },

    listChains: (): AlertChainList => ({ items: ports.chains.chains() }),

    getAlert: async (actor: Actor, id: string): Promise<Alert> => present(actor, await get(actor, id)),

    deleteAlert: async (actor: Actor, id: string): Promise<void> => {
      const { id: found } = await get(actor, id);
      if (!(await alerts.remove(found))) throw alertNotFound(id);
    },

    /** Looks now and tells what it sees by all its ways, whether or not the condition holds; also while it is paused. */
    tryAlert: async (actor: Actor, id: string, signal: AbortSignal): Promise<AlertFiring> => {
      const record = await get(actor, id);
      const seen = await preview(actor, record.watch, signal);
      const [latest] = seen.recent?.facts ?? [];
      const { en, zh } = seen.summary;
      const facts = seen.facts ??
        latest ?? {
          summary: { en: `${en}: nothing of the kind was seen lately.`, zh: `${zh}：近期没有发生。` },
          value: seen.value,
          unit: seen.unit,
          previous: null,
          fields: [],
          block: null,
          transaction: null,
          logIndex: null,
          explorerUrl: null,
          execution: null,
          warnings: [],
        };
      const firing = v7();
      const deliveries = toDeliveries(record, 'alert.fired');
      const told = { ...facts, warnings: seen.warnings };
      const made = {
        id: firing,
        key: `test:${firing}`,
        cause: 'test' as const,
        isQuiet: false,
        facts: told,
        place: null,
      };
      await alerts.addFiring(record.id, { ...made, deliveries }, now());
      teller.wake();
      const stored = await firings.find(firing);
      if (stored === null) throw alertNotFound(id);
      return presentFiring(stored);
    },

    listFirings: async (actor: Actor, query: AlertFiringQuery): Promise<AlertFiringPage> => {
      if (!isWholePerson(actor)) return { items: [], nextCursor: null, unread: 0 };
      const alertId = query.alert === undefined ? null : (await get(actor, query.alert)).id;
      const after = readPageCursor(query.cursor);
      const [found, unread] = await Promise.all([
        firings.list({ ownerId: actor.userId, alertId, isUnread: query.unread }, { after, limit: query.limit + 1 }),
        firings.countUnread(actor.userId),
      ]);
      const { items, nextCursor } = toPage(found, query.limit, ({ firedAt, id }) => ({ at: firedAt, id }));
      return { items: items.map(presentFiring), nextCursor, unread };
    },

    markRead: async (actor: Actor, alert: string | undefined): Promise<void> => {
      checkActor(actor);
      const alertId = alert === undefined ? null : (await get(actor, alert)).id;
      await firings.markRead(actor.userId, alertId, now());
    },

    tellAgain: async (actor: Actor, id: string, delivery: string): Promise<void> => {
      const { id: alertId } = await get(actor, id);
      if (!(await firings.tellAgain({ alertId }, delivery, now()))) throw deliveryNotFound(delivery);
      teller.wake();
    },

    /** One round of all that is due. */
    workOnce: async (): Promise<void> => {
      await lookAtDue();
      await tell();
    },
    start: (): void => {
      clock.start();
      teller.start();
    },
    stop: async (): Promise<void> => {
      stopping.abort(toHubError(new Error('The hub stops.')));
      await Promise.all([clock.stop(), teller.stop()]);
    },
    removeOlder: firings.removeOlder,
  };
}
export type AlertService = ReturnType<typeof createAlertService>;

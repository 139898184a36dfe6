import type { IncomingHttpHeaders } from 'node:http';
import { v7 } from 'uuid';
import type { JsonValue } from '#server/contract/json.ts';
import type { HookAnswer } from '#server/contract/trigger.ts';
import { createMinuteLimiter } from '#server/minute-limiter.ts';
import { fillMessage } from './fill-message.ts';
import type { FiringRepository, NewFiring } from './firing-repository.ts';
import { checkPayload, readPayload } from './read-payload.ts';
import { createSecret, isGitHubSignature, isStandardSignature, toDigest } from '#server/webhook-signatures.ts';
import type { StartFiring } from './start-firing.ts';
import { hookPaused, hookRefused, hookReused, hookTooOften, hookTooOld } from './trigger-errors.ts';
import type { TriggerPorts } from './trigger-ports.ts';
import { type TriggerRecord, webhookSecretContext } from './trigger-record.ts';
import type { TriggerRepository } from './trigger-repository.ts';

const toleranceMs = 5 * 60_000;
const mostInAMinute = 60;
const longestDeliveryId = 200;

type Needs = {
  triggers: TriggerRepository;
  firings: FiringRepository;
  startFiring: StartFiring;
  ports: TriggerPorts;
};

type Delivery = { key: string; timestamp: string | null };

/** Takes webhooks: checks who sent them and what they hold, and starts their runs. */
export function createHookReceiver({ triggers, firings, startFiring, ports }: Needs) {
  // Counts only what was signed, so that strangers cannot use it up.
  const limit = createMinuteLimiter({ most: mostInAMinute, toRefusal: hookTooOften, now: ports.now });
  // What an unknown address is checked with, so that it takes as long as a known one.
  const nobodysSecret = createSecret();

  const headerOf = (headers: IncomingHttpHeaders, name: string) => {
    const value = headers[name];
    return typeof value === 'string' ? value : '';
  };

  /** What was signed, or null when the signature is not right. */
  function verify(trigger: TriggerRecord | null, headers: IncomingHttpHeaders, body: Buffer): Delivery | null {
    const sealed = trigger?.webhookSecret ?? null;
    const isKnown = trigger !== null && sealed !== null;
    const secret = isKnown ? ports.secrets.open(sealed, webhookSecretContext(trigger.id)) : nobodysSecret;
    if (trigger?.webhook?.signature === 'github') {
      const isRight = isGitHubSignature(secret, body, headerOf(headers, 'x-hub-signature-256'));
      return isRight && isKnown ? { key: `body:${toDigest(body)}`, timestamp: null } : null;
    }
    const id = headerOf(headers, 'webhook-id');
    const timestamp = headerOf(headers, 'webhook-timestamp');
    const isRight = isStandardSignature(secret, { id, timestamp, body }, headerOf(headers, 'webhook-signature'));
    if (!isRight || !isKnown || id === '' || id.length > longestDeliveryId || id.includes('\0')) return null;
    return { key: `hook:${id}`, timestamp };
  }

  function checkAge(timestamp: string) {
    const isFresh =
      /^\d{1,12}$/.test(timestamp) && Math.abs(Number(timestamp) * 1000 - ports.now().getTime()) <= toleranceMs;
    if (!isFresh) throw hookTooOld();
  }

  function toFiring(trigger: TriggerRecord, payload: JsonValue, given: Pick<NewFiring, 'key' | 'cause' | 'digest'>) {
    checkPayload(payload, trigger.webhook?.payloadSchema ?? null);
    const at = ports.now();
    return {
      ...given,
      id: v7(),
      status: 'waiting' as const,
      detail: null,
      input: fillMessage(trigger.message, payload, ports.markData),
      dueAt: at,
      startAt: at,
    };
  }

  /** Starts what was just stored; when that must wait, it is started later. */
  async function startNow(id: string): Promise<string | null> {
    const [taken] = await firings.take(ports.now(), { id });
    if (taken !== undefined) await startFiring(taken);
    return (await firings.find(id))?.runId ?? null;
  }

  return {
    /**
     * Takes what a sender posted. A delivery that came before starts nothing, and is answered with the run that it started:
     * to a sender that tries again because an answer was lost, anything else would be a failure (Standard Webhooks).
     *
     * @throws {HubError} `unauthenticated`, `conflict`, `bad_request`, `validation_failed`, `rate_limited`
     */
    receive: async (id: string, headers: IncomingHttpHeaders, body: Buffer): Promise<HookAnswer> => {
      const trigger = await triggers.find(id);
      const delivery = verify(trigger, headers, body);
      if (trigger === null || delivery === null) throw hookRefused();
      if (delivery.timestamp !== null) checkAge(delivery.timestamp);
      const digest = toDigest(body);
      const earlier = await firings.findByKey(trigger.id, delivery.key);
      if (earlier !== null) return toRepeated(earlier, digest);
      if (trigger.pausedBecause !== null) throw hookPaused();
      const firing = toFiring(trigger, readPayload(body), { key: delivery.key, cause: 'webhook', digest });
      limit(trigger.id);
      if (await firings.add(trigger.id, firing)) {
        return { firing: firing.id, run: await startNow(firing.id), repeated: false };
      }
      const other = await firings.findByKey(trigger.id, delivery.key);
      if (other === null) throw hookRefused();
      return toRepeated(other, digest);
    },

    /** Fires a trigger at its person's wish, as its schedule or a sender would. */
    tryOut: async (trigger: TriggerRecord, payload: JsonValue): Promise<string> => {
      const given = { key: `test:${v7()}`, cause: 'test' as const, digest: null };
      const firing =
        trigger.webhook === null
          ? { ...toFiring(trigger, {}, given), input: trigger.message }
          : toFiring(trigger, payload, given);
      await firings.add(trigger.id, firing);
      await startNow(firing.id);
      return firing.id;
    },
  };
}
export type HookReceiver = ReturnType<typeof createHookReceiver>;

function toRepeated(
  { id, runId, digest }: { id: string; runId: string | null; digest: string | null },
  sent: string,
): HookAnswer {
  if (digest !== sent) throw hookReused();
  return { firing: id, run: runId, repeated: true };
}

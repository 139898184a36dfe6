import type { TriggerRepository } from './trigger-repository.ts';

/** Seals the secrets of every trigger with the current wrapping key; answers how many there are. */
export async function rewrapTriggerSecrets({
  repository,
  rewrap,
}: {
  repository: Pick<TriggerRepository, 'listSealed' | 'replaceSealed'>;
  rewrap: (envelope: string) => string;
}): Promise<number> {
  const done = new Map<string, number>();
  const rewrapped = (envelope: string | null) => (envelope === null ? null : rewrap(envelope));
  for (;;) {
    const sealed = (await repository.listSealed()).filter(({ id }) => !done.has(id));
    if (sealed.length === 0) return [...done.values()].reduce((sum, count) => sum + count, 0);
    for (const { id, webhookSecret, callbackSecret } of sealed) {
      const from = { webhookSecret, callbackSecret };
      const to = { webhookSecret: rewrapped(webhookSecret), callbackSecret: rewrapped(callbackSecret) };
      // One that was changed in the meantime is looked at again.
      if (await repository.replaceSealed(id, from, to)) {
        done.set(id, [webhookSecret, callbackSecret].filter((envelope) => envelope !== null).length);
      }
    }
  }
}

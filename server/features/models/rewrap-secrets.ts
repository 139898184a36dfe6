import type { ModelRepository } from './model-repository.ts';

/**
 * Seals every stored provider key with the current wrapping key; answers how many there are. One that is edited in the
 * meantime is looked at again.
 */
export async function rewrapSecrets({
  repository,
  rewrap,
}: {
  repository: Pick<ModelRepository, 'listConnections' | 'replaceSecret'>;
  rewrap: (envelope: string) => string;
}): Promise<number> {
  const done = new Set<string>();
  for (;;) {
    const sealed = (await repository.listConnections()).filter(({ id, secret }) => secret !== null && !done.has(id));
    if (sealed.length === 0) return done.size;
    for (const { id, secret } of sealed) {
      if (secret !== null && (await repository.replaceSecret(id, secret, rewrap(secret)))) done.add(id);
    }
  }
}

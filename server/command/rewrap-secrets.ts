/** A sealed secret as it is stored; `replace` answers false when it is another one by now. */
export type SealedSecret = { place: string; envelope: string; replace: (envelope: string) => Promise<boolean> };

/**
 * Seals every listed secret with the current wrapping key; answers how many there are. One that is edited in the meantime
 * is looked at again.
 */
export async function rewrapSecrets(
  listSealed: () => Promise<SealedSecret[]>,
  rewrap: (envelope: string) => string,
): Promise<number> {
  const done = new Set<string>();
  for (;;) {
    const sealed = (await listSealed()).filter(({ place }) => !done.has(place));
    if (sealed.length === 0) return done.size;
    for (const { place, envelope, replace } of sealed) {
      if (await replace(rewrap(envelope))) done.add(place);
    }
  }
}

import { createHmac, randomBytes } from 'node:crypto';
import { readSecrets, writeSecrets } from './secrets-file.ts';
import type { Key } from './secrets-file.ts';
import { openEnvelope, rewrapEnvelope, sealEnvelope } from './envelope.ts';

export type Secrets = ReturnType<typeof createSecrets>;

const makeKey = (): Key => ({ id: `k_${randomBytes(6).toString('hex')}`, key: randomBytes(32).toString('base64') });

/**
 * Opens the hub's secrets, or makes them at the first start (mode 0600).
 *
 * `warnings` holds what was mended, for the log. What `seal` returned opens only with the same context, so that a sealed
 * text copied to another row is of no use.
 *
 * @throws {Error} if the file cannot be read, or holds a key that is known or weak
 */
export function createSecrets({ file }: { file: string }) {
  const read = readSecrets(file);
  let content = read.content;
  if (content === null) {
    const key = makeKey();
    content = { authSecret: randomBytes(32).toString('base64url'), keys: [key], currentKeyId: key.id };
    writeSecrets(file, content);
  }
  let secrets = content;

  const findKey = (id: string): Buffer => {
    const found =
      secrets.keys.find((key) => key.id === id) ?? readSecrets(file).content?.keys.find((key) => key.id === id);
    if (found === undefined) {
      throw new Error(
        `The data was sealed with key ${id}, which ${file} does not have. Put back the secrets.json that belongs to this data.`,
      );
    }
    return Buffer.from(found.key, 'base64');
  };
  const currentKey = () => {
    // Another process may have rotated the keys; sealing is rare.
    secrets = readSecrets(file).content ?? secrets;
    return { id: secrets.currentKeyId, key: findKey(secrets.currentKeyId) };
  };

  return {
    authSecret: secrets.authSecret,
    warnings: read.warnings,
    /** A number for a name: always the same in this hub, and known to nobody who has not its secrets. */
    toNumber: (name: string): string =>
      createHmac('sha256', secrets.authSecret).update(`number:${name}`).digest('hex').slice(0, 16),
    /** Proves later that this hub wrote a text. */
    sign: (text: string): string => createHmac('sha256', secrets.authSecret).update(`sign:${text}`).digest('base64url'),
    /** Seals a text for one place, named by `context` (say `connection:<id>:apiKey`). */
    seal: (text: string, context: string): string => sealEnvelope(text, context, currentKey()),
    /** @throws {Error} if the key is missing, the context is another one, or the envelope was changed */
    open: (envelope: string, context: string): string => openEnvelope(envelope, context, findKey),
    /** The same envelope under the current key; the sealed text is not touched. */
    rewrap: (envelope: string): string => rewrapEnvelope(envelope, findKey, currentKey()),
    /** Adds a key and makes it the current one; older keys stay, so that older data opens. */
    rotate: (): { keyId: string } => {
      const key = makeKey();
      const latest = readSecrets(file).content ?? secrets;
      secrets = { ...latest, keys: [...latest.keys, key], currentKeyId: key.id };
      writeSecrets(file, secrets);
      return { keyId: key.id };
    },
  };
}

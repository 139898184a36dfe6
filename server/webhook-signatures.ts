import { createHash, createHmac, randomBytes } from 'node:crypto';
import { isSameSecret } from '#server/is-same-secret.ts';

const prefix = 'whsec_';

/** A new secret, in the form of Standard Webhooks. */
export const createSecret = (): string => `${prefix}${randomBytes(32).toString('base64')}`;

const toKey = (secret: string) => Buffer.from(secret.slice(prefix.length), 'base64');

export type Signed = { id: string; timestamp: string; body: Buffer | string };

/**
 * Signs a message (Standard Webhooks 1.0): `v1,` and the base64 of its HMAC-SHA256 over identifier, seconds and body.
 */
export function signStandard(secret: string, { id, timestamp, body }: Signed): string {
  const mac = createHmac('sha256', toKey(secret)).update(`${id}.${timestamp}.`).update(body);
  return `v1,${mac.digest('base64')}`;
}

/** Whether one of the signatures, with spaces between them, is right. */
export function isStandardSignature(secret: string, signed: Signed, signatures: string): boolean {
  const wanted = signStandard(secret, signed);
  return signatures
    .split(' ')
    .map((signature) => isSameSecret(signature, wanted))
    .includes(true);
}

/** Whether GitHub's `X-Hub-Signature-256` is right; its key is the text of the secret. */
export function isGitHubSignature(secret: string, body: Buffer, signature: string): boolean {
  return isSameSecret(signature, `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`);
}

export const toDigest = (body: Buffer | string): string => createHash('sha256').update(body).digest('hex');

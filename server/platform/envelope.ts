import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

// Written as `v1.<key id>.<wrapped data key>.<sealed text>`, each part: nonce, tag and ciphertext in base64url.
const version = 'v1';
const nonceBytes = 12;
const tagBytes = 16;

type WrappingKey = { id: string; key: Buffer };
type FindKey = (id: string) => Buffer;

function encrypt(plain: Buffer, key: Buffer, context: string): string {
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv('aes-256-gcm', key, nonce, { authTagLength: tagBytes });
  cipher.setAAD(Buffer.from(context));
  const sealed = Buffer.concat([cipher.update(plain), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString('base64url');
}

function decrypt(part: string, key: Buffer, context: string): Buffer {
  const bytes = Buffer.from(part, 'base64url');
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, nonceBytes), { authTagLength: tagBytes });
    decipher.setAAD(Buffer.from(context));
    decipher.setAuthTag(bytes.subarray(nonceBytes, nonceBytes + tagBytes));
    return Buffer.concat([decipher.update(bytes.subarray(nonceBytes + tagBytes)), decipher.final()]);
  } catch (error) {
    throw new Error(
      'A sealed secret does not open: it was changed, moved to another place, or its key is another one.',
      {
        cause: error,
      },
    );
  }
}

function parse(envelope: string) {
  const [found, keyId, wrapped, sealed, ...rest] = envelope.split('.');
  if (found !== version || keyId === undefined || wrapped === undefined || sealed === undefined || rest.length > 0) {
    throw new Error('A sealed secret is damaged: it does not have the form that this hub writes.');
  }
  return { keyId, wrapped, sealed };
}

const wrapContext = (keyId: string) => `${version}.${keyId}`;

const wrap = (dataKey: Buffer, { id, key }: WrappingKey) => encrypt(dataKey, key, wrapContext(id));

const unwrap = (envelope: string, findKey: FindKey) => {
  const { keyId, wrapped, sealed } = parse(envelope);
  return { dataKey: decrypt(wrapped, findKey(keyId), wrapContext(keyId)), sealed };
};

/** Seals a text under a data key of its own, which the wrapping key seals. */
export function sealEnvelope(text: string, context: string, wrappingKey: WrappingKey): string {
  const dataKey = randomBytes(32);
  return [version, wrappingKey.id, wrap(dataKey, wrappingKey), encrypt(Buffer.from(text), dataKey, context)].join('.');
}

export function openEnvelope(envelope: string, context: string, findKey: FindKey): string {
  const { dataKey, sealed } = unwrap(envelope, findKey);
  return decrypt(sealed, dataKey, context).toString();
}

export function rewrapEnvelope(envelope: string, findKey: FindKey, wrappingKey: WrappingKey): string {
  const { dataKey, sealed } = unwrap(envelope, findKey);
  return [version, wrappingKey.id, wrap(dataKey, wrappingKey), sealed].join('.');
}

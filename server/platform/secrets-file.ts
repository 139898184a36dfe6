import {
  chmodSync,
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';

const Key = z.object({ id: z.string().regex(/^[\w-]{1,64}$/), key: z.base64() });
export type Key = z.infer<typeof Key>;

const SecretsFile = z
  .object({ authSecret: z.string(), keys: z.array(Key).min(1), currentKeyId: z.string() })
  .refine((secrets) => secrets.keys.some((key) => key.id === secrets.currentKeyId), {
    path: ['currentKeyId'],
    message: 'names no key of this file',
  });
type SecretsFile = z.infer<typeof SecretsFile>;

const known = /^(change.?me|secret|password|default|example|test|your.|better-auth|xxx)/i;

/** Text and bytes that repeat themselves, count up, or stand in documentation protect nothing. */
function findWeakness(bytes: Buffer, text: string): string | null {
  if (bytes.length < 32) return `has ${bytes.length} bytes, not at least 32`;
  if (known.test(text) || known.test(bytes.toString('latin1'))) return 'is a known default';
  if (new Set(bytes).size < 12) return 'is not random';
  const steps = new Set(bytes.subarray(1).map((byte, index) => (byte - (bytes[index] ?? 0)) & 255));
  return steps.size < 4 ? 'is not random' : null;
}

function refuseWeakness(file: string, secrets: SecretsFile): void {
  const candidates = [
    { name: 'authSecret', bytes: Buffer.from(secrets.authSecret), text: secrets.authSecret },
    ...secrets.keys.map(({ id, key }) => ({ name: `key ${id}`, bytes: Buffer.from(key, 'base64'), text: key })),
  ];
  for (const { name, bytes, text } of candidates) {
    const weakness =
      name !== 'authSecret' && bytes.length !== 32 ? 'is not 32 bytes in base64' : findWeakness(bytes, text);
    if (weakness !== null) {
      throw new Error(
        `${file}: ${name} ${weakness}. Remove the file before the first start to have strong secrets made, or put a random value there.`,
      );
    }
  }
}

function readText(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw new Error(`${file} cannot be read. The hub needs it to open what it sealed.`, { cause: error });
  }
}

/** Reads the secrets; null when there are none yet. A mode that lets others read is mended and told. */
export function readSecrets(file: string): { content: SecretsFile | null; warnings: string[] } {
  const text = readText(file);
  if (text === null) return { content: null, warnings: [] };
  const warnings: string[] = [];
  const mode = statSync(file).mode & 0o777;
  if (process.platform !== 'win32' && (mode & 0o077) !== 0) {
    chmodSync(file, 0o600);
    warnings.push(
      `${file} could be read by others (mode ${mode.toString(8)}); it is 600 now. If others use this machine, rotate the secrets.`,
    );
  }
  const content = parseSecrets(file, text);
  refuseWeakness(file, content);
  return { content, warnings };
}

function parseSecrets(file: string, text: string): SecretsFile {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    // The parser's own message would quote the secrets.
    throw new Error(`${file} is not JSON. Restore it from a backup: without it, sealed data cannot be opened.`);
  }
  const result = SecretsFile.safeParse(json);
  if (!result.success) {
    const problems = result.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
    throw new Error(`${file} is not right (${problems.join('; ')}). Restore it from a backup.`);
  }
  return result.data;
}

/** Writes all or nothing, readable by its owner only. */
export function writeSecrets(file: string, content: SecretsFile): void {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const temporary = `${file}.${process.pid}.tmp`;
  rmSync(temporary, { force: true });
  writeFileSync(temporary, `${JSON.stringify(content, null, 2)}\n`, { flag: 'wx', mode: 0o600, flush: true });
  renameSync(temporary, file);
  const folder = openSync(dirname(file), 'r');
  fsyncSync(folder);
  closeSync(folder);
}

import { type Address, getAddress, isAddress, type PublicClient } from 'viem';
import { normalize } from 'viem/ens';
import { isChainFailure, toInputError } from './chain-errors.ts';

/**
 * Reads an address as people write it; mixed case must have the right checksum (EIP-55).
 *
 * @throws {HubError} `validation_failed`, naming `path`
 */
export function parseAddress(text: string, path: string): Address {
  const trimmed = text.trim();
  if (!/^0x[0-9a-fA-F]{40}$/.test(trimmed)) {
    throw toInputError(path, {
      en: `"${trimmed.slice(0, 80)}" is not an address: it needs 0x and 40 hexadecimal digits.`,
      zh: `“${trimmed.slice(0, 80)}”不是地址：需要 0x 加 40 位十六进制数字。`,
    });
  }
  const digits = trimmed.slice(2);
  if (digits !== digits.toLowerCase() && digits !== digits.toUpperCase() && !isAddress(trimmed)) {
    throw toInputError(path, {
      en: `The checksum of ${trimmed} is wrong: at least one character was changed. Copy the address again.`,
      zh: `${trimmed} 的校验和不对：至少有一个字符被改动。请重新复制地址。`,
    });
  }
  return getAddress(trimmed.toLowerCase());
}

/** An address, or an ENS name, which `client` looks up. */
export async function resolveAddress(
  text: string,
  { path, client }: { path: string; client: () => Promise<PublicClient | null> },
): Promise<Address> {
  const trimmed = text.trim();
  if (trimmed.startsWith('0x') || !trimmed.includes('.')) return parseAddress(trimmed, path);
  const names = await client();
  const found = await findName(trimmed, names).catch((thrown: unknown) => {
    if (isChainFailure(thrown)) throw thrown;
    return null;
  });
  if (found !== null) return found;
  throw toInputError(path, {
    en: `The name "${trimmed.slice(0, 80)}" could not be looked up. Give the 0x address instead.`,
    zh: `查不到名称“${trimmed.slice(0, 80)}”。请改用 0x 地址。`,
  });
}

async function findName(name: string, client: PublicClient | null): Promise<Address | null> {
  return client === null ? null : await client.getEnsAddress({ name: normalize(name) });
}

import { type Abi, parseAbi } from 'viem';
import { toInputError } from './chain-errors.ts';
import { toAbi } from './find-verified-abi.ts';

const longest = 200_000;

/**
 * An ABI as people paste it: JSON as a compiler writes it, or lines of Solidity such as
 * `function balanceOf(address) view returns (uint256)`.
 *
 * @throws {HubError} `validation_failed`, naming `path`, where it is neither
 */
export function readAbiText(text: string, path: string): Abi {
  const abi = text.length > longest ? null : /^\s*[[{]/.test(text) ? readJson(text) : readLines(text);
  if (abi !== null && abi.length > 0) return abi;
  throw toInputError(path, {
    en: 'This is no ABI. Paste its JSON, or lines such as "function balanceOf(address) view returns (uint256)".',
    zh: '这不是 ABI。请粘贴 JSON，或类似“function balanceOf(address) view returns (uint256)”的声明，每行一个。',
  });
}

function readJson(text: string): Abi | null {
  try {
    const value: unknown = JSON.parse(text);
    const abi = typeof value === 'object' && value !== null && 'abi' in value ? value.abi : value;
    return toAbi(Array.isArray(abi) ? abi : [abi]);
  } catch {
    return null;
  }
}

function readLines(text: string): Abi | null {
  const lines = text
    .split(/[\n;]/)
    .map((line) => line.trim())
    .filter((line) => line !== '');
  try {
    return parseAbi<readonly string[]>(lines);
  } catch {
    return null;
  }
}

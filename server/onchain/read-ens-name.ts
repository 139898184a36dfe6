import { normalize } from 'viem/ens';
import type { EnsName } from '#server/contract/chain-readings.ts';
import { HubError } from '#server/hub-error.ts';
import { parseAddress } from './addresses.ts';
import { pinBlock } from './chain-block.ts';
import { hasNames } from './chain-names.ts';
import type { ChainContext, ReadChain } from './chain-context.ts';
import { toInputError, toNothing } from './chain-errors.ts';
import { toTokenLabel } from './token-label.ts';

const longestName = 255;

/**
 * What a name stands for, or which name an address goes by (ENS). A name that an address claims is believed only if it leads
 * back to the address.
 *
 * @throws {HubError} `validation_failed`, for what is no name; `not_found`, for one that stands for nothing
 */
export const readEnsName: ReadChain<'name'> = async (context, { name: wanted }) => {
  const { chain } = context;
  if (!hasNames(chain)) {
    throw toInputError('chain', {
      en: `${chain.name} keeps no names. Ask Ethereum: an address there is the same one on ${chain.name}.`,
      zh: `${chain.name} 上没有名称服务。请在 Ethereum 上查询：那里的地址在 ${chain.name} 上相同。`,
    });
  }
  const block = await pinBlock(context);
  const text = wanted.trim();
  const found = text.startsWith('0x')
    ? await findNameOf(context, text, block.number)
    : await findAddressOf(context, text, block.number);
  return {
    ...found,
    warnings: [...block.warnings, ...found.warnings],
    block: block.at,
    explorerUrl: `${chain.explorerUrl}/address/${found.address ?? ''}`,
  };
};

type Found = Pick<EnsName, 'name' | 'address' | 'isVerified' | 'warnings'>;

async function findAddressOf({ client, chain }: ChainContext, text: string, blockNumber: bigint): Promise<Found> {
  const name = toNormalised(text);
  if (name === null || !name.includes('.')) {
    throw toInputError('name', {
      en: `"${text.slice(0, 80)}" is no ENS name: it needs a dot, as in vitalik.eth, and only characters that ENS allows.`,
      zh: `“${text.slice(0, 80)}”不是 ENS 名称：需要带点（如 vitalik.eth），且只含 ENS 允许的字符。`,
    });
  }
  const address = await client.getEnsAddress({ name, blockNumber }).catch(toNothing);
  if (address === null) {
    throw new HubError('not_found', {
      en: `${name} stands for no address on ${chain.name} (names that are kept off the chain are not read).`,
      zh: `${name} 在 ${chain.name} 上没有对应地址（不读取链下保存的名称）。`,
    });
  }
  return {
    name,
    address,
    isVerified: true,
    warnings: [...(name === text ? [] : [`The name was normalised: ${name} was looked up.`]), ...warnOfScript(name)],
  };
}

async function findNameOf({ client }: ChainContext, text: string, blockNumber: bigint): Promise<Found> {
  const address = parseAddress(text, 'name');
  const claimed = await client.getEnsName({ address, blockNumber }).catch(toNothing);
  if (claimed === null)
    return { name: null, address, isVerified: false, warnings: [`${address} has no primary name.`] };
  const name = toNormalised(claimed);
  const back = name === null ? null : await client.getEnsAddress({ name, blockNumber }).catch(toNothing);
  if (name === claimed && back === address) return { name, address, isVerified: true, warnings: warnOfScript(name) };
  const shown = toTokenLabel(claimed, longestName);
  return {
    name: null,
    address,
    isVerified: false,
    warnings: [`${address} claims the name "${shown}", but that name does not lead back to it. Do not believe it.`],
  };
}

function toNormalised(name: string): string | null {
  try {
    return name.length > longestName ? null : normalize(name);
  } catch {
    return null;
  }
}

/** Letters of other scripts look like Latin ones. */
function warnOfScript(name: string): string[] {
  const strange = [...new Set(name)].filter((letter) => /[^\x20-\x7e]/.test(letter));
  const codes = strange.map(
    (letter) => `${letter} (U+${(letter.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')})`,
  );
  return strange.length === 0
    ? []
    : [`The name has characters outside of ASCII, which may imitate another name: ${codes.join(', ')}.`];
}

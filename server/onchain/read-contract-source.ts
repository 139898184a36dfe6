import type { ContractSource } from '#server/contract/contract-source.ts';
import { HubError } from '#server/hub-error.ts';
import { parseAddress } from './addresses.ts';
import { pinBlock } from './chain-block.ts';
import type { ReadChain } from './chain-context.ts';
import { toInputError } from './chain-errors.ts';
import { findProxy } from './find-proxy.ts';
import { toTokenLabel } from './token-label.ts';

const longestName = 80;

/**
 * The verified source of the contract at an address, or of what it hands its calls to where it is a proxy.
 *
 * @throws {HubError} `validation_failed`, where no contract stands there; `not_found`, where no service knows its source
 */
export const readContractSource: ReadChain<'source'> = async (context, request) => {
  const { chain, sources } = context;
  const address = parseAddress(request.contract, 'address');
  const block = await pinBlock(context);
  const { code, proxy } = await findProxy(context, address, block.number);
  if (code === '0x') {
    throw toInputError('address', {
      en: `No contract stands at ${address} on ${chain.name}. Is it the right chain?`,
      zh: `${chain.name} 的 ${address} 上没有合约。链选对了吗？`,
    });
  }
  const implementation = proxy === null ? null : parseAddress(proxy.implementation, 'address');
  const meant = implementation ?? address;
  const found = await sources.find(meant);
  if (found === null)
    throw notVerified({ meant, chain: chain.name, isProxied: implementation !== null, asked: sources.services() });
  return {
    origin: {
      chain: chain.slug,
      address,
      implementation,
      name: toTokenLabel(found.name, longestName),
      compiler: toTokenLabel(found.compiler, longestName),
      from: found.from,
      explorerUrl: `${chain.explorerUrl}/address/${meant}`,
    },
    files: found.files.map(({ path, content }) => ({ path: toPlainPath(path), content })),
    settings: found.settings,
  } satisfies ContractSource;
};

function notVerified({
  meant,
  chain,
  isProxied,
  asked,
}: {
  meant: string;
  chain: string;
  isProxied: boolean;
  asked: string[];
}): HubError {
  const which = isProxied ? { en: `the implementation ${meant}`, zh: `实现合约 ${meant}` } : { en: meant, zh: meant };
  return asked.length === 0
    ? new HubError('not_found', {
        en: `No service of verified sources is set up for ${chain}. An operator sets HUB_SOURCIFY_URL or HUB_ETHERSCAN_URL; until then paste the source.`,
        zh: `${chain} 没有配置已验证源码的服务。请由运维人员设置 HUB_SOURCIFY_URL 或 HUB_ETHERSCAN_URL；在此之前请粘贴源码。`,
      })
    : new HubError('not_found', {
        en: `The source of ${which.en} on ${chain} is not verified, or could not be reached (asked: ${asked.join(', ')}). What has no verified source cannot be audited by its address; paste its source if you have it.`,
        zh: `${chain} 上 ${which.zh} 的源码未经验证，或无法获取（已查询：${asked.join('、')}）。没有已验证源码的合约无法按地址审计；如有源码请粘贴。`,
      });
}

/** A path as audits keep them: compilers took others, such as addresses of the web. */
function toPlainPath(path: string): string {
  return path.replaceAll(/[\0-\x1f\x7f:\\]/g, '_').slice(0, 300) || 'contract.sol';
}

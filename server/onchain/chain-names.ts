import type { ChainConfiguration } from './chains.ts';
import { devnetChain } from './devnet/devnet-chain.ts';

/** What answers for names (ENS): its own on Ethereum; the devnet has one of ours at the same address. */
export const universalResolverAddress = '0xeEeEEEeE14D718C2B47D9923Deab1335E144EeEe';

/** Whether names are kept on a chain. Names on others are looked up on Ethereum. */
export const hasNames = ({ id }: Pick<ChainConfiguration, 'id'>): boolean => id === 1 || id === devnetChain.id;

import { lookup as systemLookup } from 'node:dns/promises';
import type { LookupFunction } from 'node:net';
import { isPublic } from './check-address.ts';
import type { Target } from './check-target.ts';
import { egressRefused, toEgressError } from './egress-errors.ts';

/** Every address of a name, as the system's resolver gives them. */
export type Lookup = (host: string) => Promise<{ address: string; family: number }[]>;

export const lookupInSystem: Lookup = (host) => systemLookup(host, { all: true });

/**
 * Resolves a name for one connection: the socket gets exactly the addresses that were checked, so a name cannot change
 * between check and connect. One address that is not public refuses them all.
 */
export function createCheckedLookup(lookup: Lookup, target: Target): LookupFunction {
  async function resolve(host: string) {
    const addresses = await lookup(host);
    if (addresses.length === 0) throw Object.assign(new Error(`no address for ${host}`), { code: 'ENOTFOUND' });
    if (!target.allowed && !addresses.every(({ address }) => isPublic(address))) {
      throw egressRefused(
        target.shown,
        { en: 'its name leads to an address that is not on the public internet', zh: '其域名指向非公网地址' },
        target.entry,
      );
    }
    return addresses;
  }

  return (host, options, callback) => {
    resolve(host).then(
      (addresses) => {
        if (options.all === true) callback(null, addresses);
        else callback(null, addresses[0]?.address ?? '', addresses[0]?.family);
      },
      (error: unknown) => callback(toEgressError(error, target.shown), []),
    );
  };
}

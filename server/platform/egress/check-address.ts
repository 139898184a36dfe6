import ipaddr from 'ipaddr.js';

type Address = ipaddr.IPv4 | ipaddr.IPv6;

const globalUnicast = ipaddr.IPv6.parseCIDR('2000::/3');
const nat64 = ipaddr.IPv6.parseCIDR('64:ff9b::/96');

// Azure answers its instances' metadata and secrets at this address of the public range.
const publicButLocal = new Set(['168.63.129.16']);

function embeddedIpv4(address: ipaddr.IPv6): ipaddr.IPv4 | null {
  if (address.isIPv4MappedAddress()) return address.toIPv4Address();
  return address.match(nat64) ? new ipaddr.IPv4(address.toByteArray().slice(12)) : null;
}

function isPublicAddress(address: Address): boolean {
  if (address.kind() === 'ipv4') return address.range() === 'unicast' && !publicButLocal.has(address.toString());
  const version6 = address as ipaddr.IPv6;
  const inner = embeddedIpv4(version6);
  if (inner !== null) return isPublicAddress(inner);
  return version6.range() === 'unicast' && version6.match(globalUnicast);
}

/**
 * Says whether an IP address is one of the public internet.
 *
 * Everything that IANA lists as special is not: loopback, private, shared, link-local, multicast, documentation, 6to4 and
 * Teredo. IPv4-mapped and NAT64 addresses are judged by the IPv4 address inside.
 */
export function isPublic(address: string): boolean {
  return ipaddr.isValid(address) && isPublicAddress(ipaddr.parse(address));
}

/** Says whether the host of a URL is an address and not a name. */
export const isAddress = (host: string): boolean => ipaddr.isValid(host);

import { inBothLanguages } from '#server/contract/chain-words.ts';
import { HubError } from '#server/hub-error.ts';
import type { ChainConfiguration, EndpointConfiguration } from './chains.ts';
import type { RpcFaultKind } from './rpc-fault.ts';
import type { PooledEndpoint } from './rpc-pool.ts';

/** How an endpoint is, without its address: of that, only the host. */
export type EndpointReport = {
  id: string;
  host: string;
  origin: EndpointConfiguration['origin'];
  state: 'unchecked' | 'well' | RpcFaultKind;
  /** What is wrong, in words that go after the endpoint's name. */
  detail: string | null;
  blockNumber: string | null;
  blocksBehind: number;
  secondsBehind: number;
  checkedAt: Date | null;
  waitMs: number;
};

export function toEndpointReport(
  { endpoint, isVerified, head, checkedAt }: PooledEndpoint,
  lag: { blocks: number; seconds: number } | null,
): EndpointReport {
  const fault = endpoint.lastFault();
  const state = fault?.kind ?? (lag === null ? (isVerified ? 'well' : 'unchecked') : 'behind');
  const behind = lag === null ? null : `is ${lag.blocks} blocks (${lag.seconds} s) behind the others`;
  return {
    id: endpoint.id,
    host: endpoint.host,
    origin: endpoint.origin,
    state,
    detail: fault?.message ?? behind,
    blockNumber: head?.number.toString() ?? null,
    blocksBehind: lag?.blocks ?? 0,
    secondsBehind: lag?.seconds ?? 0,
    checkedAt,
    waitMs: Math.ceil(Math.max(0, endpoint.waitMs())),
  };
}

const onlyAdministratorsMend = new Set<EndpointReport['state']>(['wrong-chain', 'refused', 'not-json', 'not-allowed']);

/** What is told when a chain cannot be read: what each endpoint did, and what to do. Addresses stay untold. */
export function noEndpointAnswered(chain: ChainConfiguration, reports: readonly EndpointReport[]): HubError {
  const told = reports.map(({ detail, waitMs }, index) => {
    const what = detail ?? (waitMs > 0 ? 'has used up its rate of calls' : 'gave no answer');
    return `endpoint ${index + 1} of ${reports.length} ${what}`;
  });
  const canWait = reports.filter(({ state }) => !onlyAdministratorsMend.has(state));
  const waitSeconds = Math.max(1, Math.ceil(Math.min(...canWait.map(({ waitMs }) => waitMs)) / 1000));
  const advice =
    canWait.length === 0
      ? 'An administrator must correct them, under Chains or in HUB_RPC_URLS.'
      : `Try again in ${waitSeconds} s; an administrator can add endpoints, under Chains or in HUB_RPC_URLS.`;
  const answers = `No RPC of ${chain.name} gave an answer: ${told.join('; ') || 'none is set'}.`;
  return new HubError('unavailable', inBothLanguages(`${answers} ${advice}`), {
    ...(canWait.length === 0 ? {} : { retryAfterSeconds: waitSeconds }),
  });
}

import type { ProviderFetch } from './list-provider-models.ts';
import type { OpenConnection } from './model-connections.ts';

/** A way out of the hub: what it may reach is checked when an address is written, and at each request. */
export type WayOut = {
  fetch: ProviderFetch;
  /** Refuses a base URL that it does not reach. @throws {HubError} `egress_refused` */
  checkUrl: (url: string) => void;
};

/** Administrators may connect what stands beside the hub; a person's own connection reaches what tools do. */
export type WaysOut = { hub: WayOut; personal: WayOut };

export type FindWayOut = (connection: Pick<OpenConnection, 'ownerId'>) => WayOut;

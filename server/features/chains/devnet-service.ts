import type { Devnet, DevnetPayment, DevnetPaymentInput, DevnetSource } from '#server/contract/devnet.ts';
import { sourceNotFound } from './chain-errors.ts';

/** The chain that the hub runs itself. */
export type DevnetPort = {
  status: () => Promise<Devnet>;
  /** Starts it and does not wait. */
  start: () => void;
  /** Ends it, with what happened on it kept. */
  stop: () => Promise<void>;
  /** Forgets what happened on it; it must have been stopped. */
  forgetState: () => Promise<void>;
  /** Pays from one of its accounts. */
  pay: (payment: DevnetPaymentInput, signal: AbortSignal) => Promise<DevnetPayment>;
  /** What a contract of its own was made from. */
  findSource: (address: string, signal: AbortSignal) => Promise<DevnetSource | null>;
};

export type DevnetService = ReturnType<typeof createDevnetService>;

/** What administrators do with the devnet. */
export function createDevnetService({ devnet }: { devnet: DevnetPort }) {
  return {
    get: devnet.status,

    /** Starts it, which takes a while when it never ran; `get` tells how far it is. */
    start: async (): Promise<Devnet> => {
      devnet.start();
      return await devnet.status();
    },

    /** @throws {HubError} `unavailable`, when another machine runs it */
    stop: async (): Promise<Devnet> => {
      await devnet.stop();
      return await devnet.status();
    },

    /**
     * Starts it anew, as it was before anybody used it.
     *
     * @throws {HubError} `unavailable`, when another machine runs it
     */
    reset: async (): Promise<Devnet> => {
      await devnet.stop();
      await devnet.forgetState();
      devnet.start();
      return await devnet.status();
    },

    /** @throws {HubError} `validation_failed`, for an account that is none of its own */
    pay: devnet.pay,

    /** @throws {HubError} `not_found` */
    getSource: async (address: string, signal: AbortSignal): Promise<DevnetSource> => {
      const source = await devnet.findSource(address, signal);
      if (source === null) throw sourceNotFound(address);
      return source;
    },
  };
}

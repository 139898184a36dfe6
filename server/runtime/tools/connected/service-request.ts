import type { StreamedBytes } from '#server/contract/lent-file.ts';
import type { OpenApiMethod } from '#server/contract/openapi-operation.ts';

/** `shown` stands for it where people look at a request. */
export type StreamedBody = StreamedBytes & { shown: string };

/** One request to a connected service, before whoever sends it adds credentials. */
export type ServiceRequest = {
  method: OpenApiMethod;
  url: string;
  headers: Record<string, string>;
  body: string | Uint8Array | StreamedBody | null;
};

export type ServiceAnswer = {
  status: number;
  /** After redirects and with credentials, so it is shown to nobody. */
  url: string;
  /** Names in lower case. */
  headers: Record<string, string>;
  bytes: Uint8Array;
};

/** Sends a request with the service's credentials; refused, capped and timed by the egress client behind it. */
export type SendToService = (
  request: ServiceRequest,
  options: { signal: AbortSignal; maximumBytes: number; timeoutMs: number },
) => Promise<ServiceAnswer>;

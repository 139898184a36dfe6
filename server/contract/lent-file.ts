/** Bytes that are read when they are sent, as often as they are. Only inside the hub. */
export type StreamedBytes = { size: number; open: () => AsyncIterable<Uint8Array> };

/** A stored file that is lent to a tool for one call. */
export type LentFile = StreamedBytes & { name: string; mediaType: string };

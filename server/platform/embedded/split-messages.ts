const startUpHeader = 4;
const messageHeader = 5;
const largestMessage = 1 << 30;

/** Frontend messages after which the server answers: Query, Sync, Flush, CopyDone, CopyFail, FunctionCall, Terminate. */
const unitEnds = new Set([...'QSHcfFX'].map((letter) => letter.charCodeAt(0)));

export type ClientUnit = { kind: 'start-up' | 'messages' | 'terminate'; bytes: Buffer };

/**
 * Cuts what a client sends (PostgreSQL frontend/backend protocol, version 3) into units that must not be parted: a start-up
 * packet, or messages up to one that wants an answer, so that an extended query is always whole, from Parse to Sync.
 *
 * @throws {Error} when a length is impossible
 */
export function createMessageSplitter() {
  let buffer: Buffer = Buffer.alloc(0);
  let started = false;
  let unitLength = 0;

  function next(): ClientUnit | null {
    for (;;) {
      const header = started ? messageHeader : startUpHeader;
      const at = unitLength;
      if (buffer.length < at + header) return null;
      const length = buffer.readInt32BE(at + header - 4) + (started ? 1 : 0);
      if (length < header || length > largestMessage)
        throw new Error('The client sent a message of impossible length.');
      if (buffer.length < at + length) return null;
      const type = buffer[at] ?? 0;
      unitLength = at + length;
      if (started && !unitEnds.has(type)) continue;
      const bytes = buffer.subarray(0, unitLength);
      buffer = buffer.subarray(unitLength);
      unitLength = 0;
      if (!started) return { kind: 'start-up', bytes };
      return { kind: type === 'X'.charCodeAt(0) ? 'terminate' : 'messages', bytes };
    }
  }

  return {
    add: (chunk: Buffer) => {
      buffer = buffer.length === 0 ? chunk : Buffer.concat([buffer, chunk]);
    },
    next,
    /** The start-up packet was accepted; typed messages follow. */
    start: () => {
      started = true;
    },
  };
}

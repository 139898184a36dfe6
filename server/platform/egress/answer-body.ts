export type Piece = Uint8Array<ArrayBuffer>;

/** What the sender of a body is told. */
export type BodySource = { pause: () => void; resume: () => void; cancel: () => void };

type Reader = { resolve: (result: IteratorResult<Piece, undefined>) => void; reject: (reason: Error) => void };

const mostWaitingBytes = 64 * 1024;

/**
 * The body of an answer, piece by piece, for one reader that asks for one piece at a time. A reader that is slow pauses the
 * sender; one that stops before the end cancels it.
 *
 * A web stream does the same for 3 kB more of memory, which counts where a thousand answers stream at once.
 */
export class AnswerBody implements AsyncIterableIterator<Piece, undefined> {
  readonly #source: BodySource;
  #waiting: Piece[] = [];
  #waitingBytes = 0;
  #isPaused = false;
  #reader: Reader | null = null;
  #end: { error: Error | null } | null = null;

  constructor(source: BodySource) {
    this.#source = source;
  }

  /** Hands a piece to the reader, or keeps it until one is asked for. */
  add(piece: Piece): void {
    if (this.#end !== null) return;
    if (this.#reader !== null) {
      const { resolve } = this.#reader;
      this.#reader = null;
      resolve({ done: false, value: piece });
      return;
    }
    this.#waiting.push(piece);
    this.#waitingBytes += piece.byteLength;
    if (this.#isPaused || this.#waitingBytes < mostWaitingBytes) return;
    this.#isPaused = true;
    this.#source.pause();
  }

  /** Ends the body after what waits. */
  close(): void {
    this.#finish(null);
  }

  /** Ends the body at once. */
  fail(error: Error): void {
    this.#waiting = [];
    this.#finish(error);
  }

  next(): Promise<IteratorResult<Piece, undefined>> {
    const piece = this.#waiting.shift();
    if (piece !== undefined) {
      this.#waitingBytes -= piece.byteLength;
      if (this.#isPaused && this.#waitingBytes < mostWaitingBytes) {
        this.#isPaused = false;
        this.#source.resume();
      }
      return Promise.resolve({ done: false, value: piece });
    }
    if (this.#end === null) return new Promise((resolve, reject) => (this.#reader = { resolve, reject }));
    const { error } = this.#end;
    this.#end = { error: null };
    return error === null ? Promise.resolve({ done: true, value: undefined }) : Promise.reject(error);
  }

  /** Cancels what has not come yet. */
  return(): Promise<IteratorResult<Piece, undefined>> {
    const isOpen = this.#end === null;
    this.#waiting = [];
    this.#finish(null);
    if (isOpen) this.#source.cancel();
    return Promise.resolve({ done: true, value: undefined });
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  /** The same body for who speaks of streams; then the only one that reads it. */
  toStream(): ReadableStream<Piece> {
    return new ReadableStream<Piece>(
      {
        pull: async (stream) => {
          const { done, value } = await this.next();
          if (done) stream.close();
          else stream.enqueue(value);
        },
        cancel: () => void this.return(),
      },
      { highWaterMark: 0 },
    );
  }

  #finish(error: Error | null): void {
    if (this.#end !== null) return;
    this.#end = { error };
    const reader = this.#reader;
    this.#reader = null;
    if (reader === null) return;
    this.#end = { error: null };
    if (error === null) reader.resolve({ done: true, value: undefined });
    else reader.reject(error);
  }
}

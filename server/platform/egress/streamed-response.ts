import type { AnswerBody, Piece } from './answer-body.ts';

/**
 * A response of `fetch` whose body can also be read piece by piece by iterating over the response itself; a web stream is made
 * only for who asks for one.
 */
export class StreamedResponse extends Response implements AsyncIterable<Piece> {
  readonly #pieces: AnswerBody;
  #whole: Response | null = null;

  constructor(pieces: AnswerBody, init: ResponseInit) {
    super(null, init);
    this.#pieces = pieces;
  }

  [Symbol.asyncIterator](): AsyncIterator<Piece, undefined> {
    return this.#pieces;
  }

  override get body() {
    return this.#open().body;
  }
  override get bodyUsed() {
    return this.#whole?.bodyUsed ?? false;
  }
  override arrayBuffer() {
    return this.#open().arrayBuffer();
  }
  override blob() {
    return this.#open().blob();
  }
  override bytes() {
    return this.#open().bytes();
  }
  override clone() {
    return this.#open().clone();
  }
  override formData() {
    return this.#open().formData();
  }
  override json() {
    return this.#open().json();
  }
  override text() {
    return this.#open().text();
  }

  #open(): Response {
    const { status, statusText, headers } = this;
    this.#whole ??= new Response(this.#pieces.toStream(), { status, statusText, headers });
    return this.#whole;
  }
}

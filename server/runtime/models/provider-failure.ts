/** A failure that a provider told of, in the shape that `toModelError` reads. */
export class ProviderFailure extends Error {
  readonly status: number;
  readonly headers: Headers;

  constructor(status: number, message: string, headers = new Headers()) {
    super(message);
    this.status = status;
    this.headers = headers;
  }
}

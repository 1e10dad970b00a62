/** The body is of a media type that this address does not read. */
export class UnsupportedMediaType extends Error {
  constructor(readonly supported: readonly string[]) {
    super(`the body must be of media type ${supported.join(" or ")}`);
  }
}

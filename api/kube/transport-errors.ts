/** The body is of a media type that this address does not read. */
export class UnsupportedMediaType extends Error {
  constructor(readonly supported: readonly string[]) {
    super(`the body must be of media type ${supported.join(" or ")}`);
  }
}

/** The client accepts no form in which this address can answer. */
export class NotAcceptable extends Error {
  constructor(readonly supported: readonly string[]) {
    super(`only the following media types are accepted: ${supported.join(", ")}`);
  }
}

/** The address is right, and the method is none of those it answers. */
export class MethodNotAllowed extends Error {
  constructor(
    readonly allowed: readonly string[],
    message = "the server does not allow this method on the requested resource",
  ) {
    super(message);
  }
}

/** The body has more bytes than are read. */
export class BodyTooLarge extends Error {
  constructor(readonly bytesMax: number) {
    super(`the body must have at most ${bytesMax} bytes`);
  }
}

/** Whether the client went away before the end of its body. */
export function isAborted(error: Error): boolean {
  return "code" in error && error.code === "ECONNRESET" && error.message === "aborted";
}

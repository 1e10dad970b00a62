import { isUtf8 } from "node:buffer";
import type { IncomingMessage } from "node:http";
import { refused } from "./exchange";

// A token has 75 characters; audiences and metadata take little more.
const BODY_BYTES_MAX = 65_536;

/** The text of a body of this media type; refuses another (415), a large one (413) and no UTF-8. */
export function readBody(request: IncomingMessage, mediaType: string): Promise<string> {
  if (!isOfType(request.headers["content-type"], mediaType)) {
    const message = `the body must be of media type ${mediaType}`;
    throw refused(415, "UnsupportedMediaType", message);
  }
  return new Promise((resolve, reject) => collect(request, resolve, reject));
}

function isOfType(given: string | undefined, mediaType: string): boolean {
  if (given === mediaType) return true;
  return given?.split(";", 1)[0]?.trim().toLowerCase() === mediaType;
}

function collect(
  request: IncomingMessage,
  resolve: (text: string) => void,
  reject: (error: Error) => void,
): void {
  const chunks: Buffer[] = [];
  let size = 0;
  const stop = () => {
    request.removeAllListeners("data").resume();
    const message = `the body must have at most ${BODY_BYTES_MAX} bytes`;
    reject(refused(413, "RequestEntityTooLarge", message, ["Connection", "close"]));
  };
  if (Number(request.headers["content-length"] ?? 0) > BODY_BYTES_MAX) {
    stop();
    return;
  }
  request.on("data", (chunk: Buffer) => {
    chunks.push(chunk);
    size += chunk.length;
    if (size > BODY_BYTES_MAX) stop();
  });
  request.on("end", () => {
    const [first, ...others] = chunks;
    const bytes = first && others.length === 0 ? first : Buffer.concat(chunks);
    if (isUtf8(bytes)) resolve(bytes.toString("utf8"));
    else reject(refused(400, "BadRequest", "the request body is not valid UTF-8"));
  });
  // The client goes away before the end: nobody is there to read this.
  request.on("error", () => reject(refused(400, "BadRequest", "the request body has no end")));
}

import { isUtf8 } from "node:buffer";
import type { IncomingMessage } from "node:http";
import { refused } from "./exchange";

// A token has 75 characters; audiences and metadata take little more.
const BODY_BYTES_MAX = 65_536;

/** The text of a body of this media type; refuses another (415), a large one (413) and no UTF-8. */
export async function readBody(request: IncomingMessage, mediaType: string): Promise<string> {
  if (!isOfType(request.headers["content-type"], mediaType)) {
    const message = `the body must be of media type ${mediaType}`;
    throw refused(415, "UnsupportedMediaType", message);
  }
  const bytes = await collect(request);
  if (!isUtf8(bytes)) throw refused(400, "BadRequest", "the request body is not valid UTF-8");
  return bytes.toString("utf8");
}

function isOfType(given: string | undefined, mediaType: string): boolean {
  if (given === mediaType) return true;
  return given?.split(";", 1)[0]?.trim().toLowerCase() === mediaType;
}

function collect(request: IncomingMessage): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = Number(request.headers["content-length"] ?? 0) > BODY_BYTES_MAX ? Infinity : 0;
    const stop = () => {
      request.removeAllListeners("data").resume();
      const message = `the body must have at most ${BODY_BYTES_MAX} bytes`;
      reject(refused(413, "RequestEntityTooLarge", message, ["Connection", "close"]));
    };
    if (size > BODY_BYTES_MAX) return stop();
    request.on("data", (chunk: Buffer) => {
      chunks.push(chunk);
      size += chunk.length;
      if (size > BODY_BYTES_MAX) stop();
    });
    request.once("end", () => {
      const [first, ...others] = chunks;
      resolve(first && others.length === 0 ? first : Buffer.concat(chunks));
    });
    // Also when the client goes away before the end.
    request.once("error", reject);
  });
}

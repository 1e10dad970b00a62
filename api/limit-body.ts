import type { MiddlewareHandler } from "hono";
import { BodyTooLarge } from "./kube/transport-errors";

/**
 * Refuses a body of more bytes than allowed (BodyTooLarge): at once when it announces them, else
 * when it is read that far. What nobody reads is not read here either: not from somebody unknown.
 */
export function limitBody(bytesMax: number): MiddlewareHandler {
  return async (context, next) => {
    const announced = context.req.header("content-length");
    if (announced !== undefined && context.req.header("transfer-encoding") === undefined) {
      if (Number(announced) > bytesMax) throw new BodyTooLarge(bytesMax);
      return next();
    }
    const { body, headers, method, signal } = context.req.raw;
    if (!body) return next();
    // hono's bodyLimit builds on the raw request, which Node's own Request does not accept.
    const init = { method, headers, signal, body: upTo(bytesMax, body), duplex: "half" as const };
    context.req.raw = new Request(context.req.url, init);
    return next();
  };
}

function upTo(bytesMax: number, body: ReadableStream<Uint8Array>): ReadableStream<Uint8Array> {
  let size = 0;
  const limit = new TransformStream<Uint8Array, Uint8Array>({
    transform(chunk, controller) {
      size += chunk.length;
      if (size > bytesMax) controller.error(new BodyTooLarge(bytesMax));
      else controller.enqueue(chunk);
    },
  });
  return body.pipeThrough(limit);
}

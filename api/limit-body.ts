import type { Context, MiddlewareHandler } from "hono";

/** Answers with `refuse` when a body has more bytes than allowed, whether it announced them or not. */
export function limitBody(
  bytesMax: number,
  refuse: (context: Context) => Response,
): MiddlewareHandler {
  return async (context, next) => {
    const announced = context.req.header("content-length");
    if (announced !== undefined && context.req.header("transfer-encoding") === undefined) {
      return Number(announced) > bytesMax ? refuse(context) : next();
    }
    const { body, headers, method } = context.req.raw;
    if (!body) return next();
    const chunks: Uint8Array[] = [];
    let size = 0;
    for await (const chunk of body) {
      chunks.push(chunk);
      size += chunk.length;
      if (size > bytesMax) return refuse(context);
    }
    // hono's bodyLimit builds on the raw request, which Node's own Request does not accept.
    const read = size > 0 ? Buffer.concat(chunks) : null;
    context.req.raw = new Request(context.req.url, { method, headers, body: read });
    return next();
  };
}

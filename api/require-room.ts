import { createMiddleware } from "hono/factory";
import { requireRoomForChange } from "@/domain/require-room";

const READS = ["GET", "HEAD", "OPTIONS"];

/** Refuses changes that would find no room before anybody asks who sends them, as Kubernetes does. */
export const requireRoom = createMiddleware(async (context, next) => {
  if (!READS.includes(context.req.method)) requireRoomForChange();
  await next();
});

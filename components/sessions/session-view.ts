import { type Device, deviceOf } from "./device";

/** What the console shows of a sign-in. */
export interface SessionView {
  name: string;
  ownerName: string;
  device: Device;
  address: string | null;
  startedAt: Date;
  lastSeenAt: Date | null;
  endsAt: Date | null;
  current: boolean;
}

type Stored = Omit<SessionView, "device"> & { userAgent: string | null };

/** Reads the user agent on the server, so that its reader is not sent to the browser. */
export function toSessionView(session: Stored): SessionView {
  const { userAgent, ...rest } = session;
  const isUsed = session.lastSeenAt !== null || userAgent !== null;
  const device = isUsed
    ? deviceOf(userAgent)
    : ({ text: "Not used yet", kind: "unknown" } as const);
  return { ...rest, device };
}

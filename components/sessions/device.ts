import Bowser from "bowser";

/** What presented a sign-in, in words for people who should recognise their own. */
export interface Device {
  text: string;
  kind: "computer" | "phone" | "program" | "unknown";
}

const NAME_LENGTH_MAX = 40;
const READ_LENGTH_MAX = 512;
const PROGRAM = /^([\w.+-]{1,40})(?:\/v?(\d+(?:\.\d+){0,2}))?/;

/** Reads a user agent. It is only what the client says of itself: to show, never to decide by. */
export function deviceOf(userAgent: string | null): Device {
  if (!userAgent?.trim()) return { text: "Unknown", kind: "unknown" };
  if (!userAgent.startsWith("Mozilla/")) return programOf(userAgent);
  const { browser, os, platform } = Bowser.parse(userAgent.slice(0, READ_LENGTH_MAX));
  const version = browser.version?.split(".", 1)[0];
  const product = browser.name?.slice(0, NAME_LENGTH_MAX) || "A browser";
  const name = [product, version].filter(Boolean).join(" ");
  const isPhone = platform.type === "mobile" || platform.type === "tablet";
  return {
    // Versions of systems are frozen in what browsers send, so they would be wrong.
    text: os.name ? `${name} on ${os.name}` : name,
    kind: isPhone ? "phone" : "computer",
  };
}

function programOf(userAgent: string): Device {
  const [, name, version] = PROGRAM.exec(userAgent) ?? [];
  const text = [name ?? userAgent.slice(0, NAME_LENGTH_MAX), version].filter(Boolean).join(" ");
  return { text, kind: "program" };
}

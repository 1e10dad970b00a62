const BASE = "https://latchkey.invalid";
const LENGTH_MAX = 2_048;

/** A path on this site from anything a URL may carry; whatever leads elsewhere becomes `/tokens`. */
export function safePath(target: string | null | undefined): string {
  const fallback = "/tokens";
  if (!target?.startsWith("/") || target.length > LENGTH_MAX) return fallback;
  // Browsers read a backslash as a slash and drop control characters, so `/\host` leaves the site.
  if (/[\\\p{Cc}]/u.test(target) || target.startsWith("//")) return fallback;
  if (!URL.canParse(target, BASE)) return fallback;
  const url = new URL(target, BASE);
  if (url.origin !== BASE || url.pathname.startsWith("//")) return fallback;
  return url.pathname.startsWith("/sign-in") ? fallback : url.pathname + url.search;
}

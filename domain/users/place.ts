import { isIPv6 } from "node:net";

/**
 * What is counted as one place: an IPv4 address, or the /64 that an IPv6 address is in, because that
 * much one customer is given (RFC 6177).
 */
export function placeOf(address: string | null): string {
  if (address === null || !isIPv6(address)) return address ?? "unknown";
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  return mapped ?? `${firstGroups(address, 4).join(":")}::/64`;
}

function firstGroups(address: string, count: number): string[] {
  const [head = "", tail] = address.toLowerCase().replace(/%.*$/, "").split("::");
  const left = head === "" ? [] : head.split(":");
  const right = tail ? tail.split(":") : [];
  const missing = tail === undefined ? 0 : 8 - left.length - right.length;
  const groups = [...left, ...Array.from({ length: missing }, () => "0"), ...right];
  return groups.slice(0, count).map((group) => group.replace(/^0+(?=.)/, ""));
}

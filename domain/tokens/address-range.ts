/** The first and the last address of a network; the same one twice for a single address. */
export interface AddressRange {
  first: string;
  last: string;
}

interface Parsed {
  bits: 32 | 128;
  value: bigint;
  prefix: number;
}

/** The canonical form of an address or a network (`10.0.0.0/8`), or undefined where it is none. */
export function readAddressFilter(text: string): string | undefined {
  const parsed = parse(text);
  if (!parsed) return undefined;
  const { bits, prefix } = parsed;
  const first = format(bits, begin(parsed));
  return prefix === bits ? first : `${first}/${prefix}`;
}

/** The addresses of a filter that readAddressFilter has read. */
export function addressRange(filter: string): AddressRange | undefined {
  const parsed = parse(filter);
  if (!parsed) return undefined;
  const first = begin(parsed);
  const size = 1n << BigInt(parsed.bits - parsed.prefix);
  return { first: format(parsed.bits, first), last: format(parsed.bits, first + size - 1n) };
}

function parse(text: string): Parsed | undefined {
  const [, address = "", length] = /^([\da-f.:]+)(?:\/(\d{1,3}))?$/i.exec(text.trim()) ?? [];
  const mapped = address.replace(/^::ffff:(?=\d+\.\d+\.\d+\.\d+$)/i, "");
  const value = mapped.includes(":") ? parseV6(mapped) : parseV4(mapped);
  if (value === undefined) return undefined;
  const bits = mapped.includes(":") ? 128 : 32;
  const prefix = length === undefined ? bits : Number(length) - (mapped === address ? 0 : 96);
  return prefix >= 0 && prefix <= bits ? { bits, value, prefix } : undefined;
}

function parseV4(text: string): bigint | undefined {
  const parts = text.split(".");
  const isRight = parts.length === 4 && parts.every((part) => /^(0|[1-9]\d{0,2})$/.test(part));
  if (!isRight || parts.some((part) => Number(part) > 255)) return undefined;
  return parts.reduce((value, part) => (value << 8n) | BigInt(part), 0n);
}

// The parser of addresses knows every way to write one of IPv6.
function parseV6(text: string): bigint | undefined {
  if (!URL.canParse(`http://[${text}]/`)) return undefined;
  const [head = "", tail] = new URL(`http://[${text}]/`).hostname.slice(1, -1).split("::");
  const groups = (part: string | undefined) => (part ? part.split(":") : []);
  const [left, right] = [groups(head), groups(tail)];
  const middle = Array.from({ length: 8 - left.length - right.length }, () => "0");
  return [...left, ...middle, ...right].reduce(
    (value, group) => (value << 16n) | BigInt(`0x${group}`),
    0n,
  );
}

function begin({ bits, value, prefix }: Parsed): bigint {
  const free = BigInt(bits - prefix);
  return (value >> free) << free;
}

function format(bits: 32 | 128, value: bigint): string {
  if (bits === 32) {
    return [24n, 16n, 8n, 0n].map((shift) => (value >> shift) & 255n).join(".");
  }
  const groups = Array.from({ length: 8 }, (_, at) =>
    ((value >> BigInt(112 - 16 * at)) & 0xffffn).toString(16),
  );
  return new URL(`http://[${groups.join(":")}]/`).hostname.slice(1, -1);
}

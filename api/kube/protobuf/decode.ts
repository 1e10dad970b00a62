import { DomainError } from "@/domain/errors";

/** The fields of a message by number: a name for text, a name and a shape for a message in it. */
export interface Shape {
  readonly [number: number]: string | readonly [name: string, shape: Shape];
}

type Json = Record<string, unknown>;

// What a field's content is, in the lowest three bits of its key.
const [VARINT, FIXED_64, LENGTH_DELIMITED, FIXED_32] = [0, 1, 2, 5];
const VARINT_BYTES_MAX = 10;
const MAGIC = Buffer.from("k8s\0");
const ENVELOPE: Shape = { 1: ["type", { 1: "apiVersion", 2: "kind" }] };
const RAW = 2;

/**
 * The object in a body of `application/vnd.kubernetes.protobuf`: its type, and those of its fields
 * that the shape names. Refuses bytes that are no such message (badRequest).
 */
export function fromProtobuf(bytes: Uint8Array, shape: Shape): Json {
  if (!MAGIC.equals(bytes.subarray(0, MAGIC.length))) throw malformed();
  const envelope = bytes.subarray(MAGIC.length);
  const { type = {} } = toObject(envelope, ENVELOPE) as { type?: Json };
  const raw = fieldsOf(envelope).find(({ number }) => number === RAW);
  return { ...type, ...(raw ? toObject(raw.content, shape) : {}) };
}

function toObject(bytes: Uint8Array, shape: Shape): Json {
  const object: Json = {};
  for (const { number, content } of fieldsOf(bytes)) {
    const field = shape[number];
    if (typeof field === "string") object[field] = toText(content);
    else if (field) object[field[0]] = toObject(content, field[1]);
  }
  return object;
}

// The fields that hold text or messages, in their order; numbers are stepped over.
function fieldsOf(bytes: Uint8Array): { number: number; content: Uint8Array }[] {
  const fields: { number: number; content: Uint8Array }[] = [];
  for (let at = 0; at < bytes.length; ) {
    const key = readVarint(bytes, at);
    const type = key.value % 8;
    const size = sizeOf(bytes, key.end, type);
    if (size.end > bytes.length) throw malformed();
    const number = Math.floor(key.value / 8);
    if (type === LENGTH_DELIMITED)
      fields.push({ number, content: bytes.subarray(size.start, size.end) });
    at = size.end;
  }
  return fields;
}

function sizeOf(bytes: Uint8Array, at: number, type: number): { start: number; end: number } {
  if (type === VARINT) return { start: at, end: readVarint(bytes, at).end };
  if (type === FIXED_64) return { start: at, end: at + 8 };
  if (type === FIXED_32) return { start: at, end: at + 4 };
  if (type !== LENGTH_DELIMITED) throw malformed();
  const length = readVarint(bytes, at);
  return { start: length.end, end: length.end + length.value };
}

function readVarint(bytes: Uint8Array, start: number): { value: number; end: number } {
  let value = 0;
  for (let read = 0; read < VARINT_BYTES_MAX; read += 1) {
    const byte = bytes[start + read];
    if (byte === undefined) break;
    value += (byte & 0x7f) * 128 ** read;
    if (byte < 0x80) return { value, end: start + read + 1 };
  }
  throw malformed();
}

function toText(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw malformed();
  }
}

function malformed(): DomainError {
  return new DomainError("badRequest", "the request body is not valid protobuf");
}

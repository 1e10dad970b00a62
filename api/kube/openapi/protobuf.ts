/** One field of a protobuf message, encoded; empty fields are none (proto3). */
export type Field = Buffer;

const LENGTH_DELIMITED = 2;
const NONE = Buffer.alloc(0);

/** A field that holds text. */
export function text(number: number, value: string | undefined): Field {
  return value ? lengthDelimited(number, Buffer.from(value)) : NONE;
}

/** A field that is true or, as by default, false. */
export function flag(number: number, value: boolean | undefined): Field {
  return value ? Buffer.concat([varint(number << 3), varint(1)]) : NONE;
}

/** A field that holds a message made of these fields; it is there even when it is empty. */
export function message(number: number, ...fields: readonly Field[]): Field {
  return lengthDelimited(number, Buffer.concat(fields));
}

function lengthDelimited(number: number, content: Buffer): Field {
  return Buffer.concat([varint((number << 3) | LENGTH_DELIMITED), varint(content.length), content]);
}

function varint(value: number): Buffer {
  const bytes: number[] = [];
  let rest = value;
  while (rest > 0x7f) {
    bytes.push((rest & 0x7f) | 0x80);
    rest >>>= 7;
  }
  return Buffer.from([...bytes, rest]);
}

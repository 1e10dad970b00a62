import { customType } from "drizzle-orm/pg-core";

/**
 * A timestamptz that is never NULL, so that every sort has a keyset: `infinity` and `-infinity`
 * read as null ("never"). Writers spell the infinities in SQL.
 */
export const boundedInstant = customType<{
  data: Date | null;
  driverData: string;
  config: { precision: 0 | 3 };
}>({
  dataType: (config) => `timestamp (${config?.precision ?? 3}) with time zone`,
  fromDriver: (value) => (value.endsWith("infinity") ? null : new Date(value)),
});

/** Text in the order of its bytes, the same on every server. */
export const byteOrderedText = customType<{ data: string }>({
  dataType: () => 'text collate "C"',
});

/** A timestamptz read as a Date. */
export const instant = customType<{
  data: Date;
  driverData: string;
  config: { precision: 0 | 3 };
}>({
  dataType: (config) => `timestamp (${config?.precision ?? 3}) with time zone`,
  fromDriver: (value) => new Date(value),
  toDriver: (value) => value.toISOString(),
});

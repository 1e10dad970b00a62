/** How far ahead the expiries are shown. */
export const EXPIRY_DAYS = [30, 90, 365] as const;
export type ExpiryDays = (typeof EXPIRY_DAYS)[number];

export function readDays(text: string | null): ExpiryDays {
  return EXPIRY_DAYS.find((days) => String(days) === text) ?? 90;
}

/** The zones that can be chosen, and the stored one where this system does not list it. */
export function timeZonesWith(stored: string | null): string[] {
  const listed = new Set(["UTC", ...Intl.supportedValuesOf("timeZone")]);
  if (stored) listed.add(stored);
  return [...listed].sort();
}

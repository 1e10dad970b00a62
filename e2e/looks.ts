const SIZES = [
  { width: 1_440, height: 900 },
  { width: 768, height: 1_024 },
  { width: 360, height: 740 },
] as const;

const ALL = SIZES.flatMap((viewport) =>
  (["light", "dark"] as const).map((colorScheme) => ({
    name: `in ${colorScheme} at ${viewport.width} px`,
    options: { colorScheme, viewport },
  })),
);
const ENOUGH = ["light at 1440", "dark at 1440", "light at 768", "dark at 360"];

/**
 * The looks in which everything has to be accessible and to fit: each width and both schemes, which
 * do not depend on each other. For pictures (SCREENSHOTS) all that there are.
 */
export const LOOKS = process.env.SCREENSHOTS
  ? ALL
  : ALL.filter(({ name }) => ENOUGH.some((look) => name.includes(look)));

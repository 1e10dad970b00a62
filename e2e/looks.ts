const SIZES = [
  { width: 1_440, height: 900 },
  { width: 768, height: 1_024 },
  { width: 360, height: 740 },
] as const;

/** The looks in which everything has to be accessible and to fit. */
export const LOOKS = SIZES.flatMap((viewport) =>
  (["light", "dark"] as const).map((colorScheme) => ({
    name: `in ${colorScheme} at ${viewport.width} px`,
    options: { colorScheme, viewport },
  })),
);

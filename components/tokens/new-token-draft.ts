/** Under which name what was typed of a new token waits for its dialog. */
export const NEW_TOKEN = "new-token";

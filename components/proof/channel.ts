/** On which the tab that visited the identity provider tells the others of a fresh proof. */
export const PROOF_CHANNEL = "latchkey-proof";

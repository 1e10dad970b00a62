import type { FormAction, FormState } from "../form-state";

/** With what the person at this browser can prove who they are. */
export interface ProofWays {
  hasPassword: boolean;
  /** The name of the identity provider, when an identity of theirs is there; else null. */
  provider: string | null;
}

/** The server actions of the proof dialog, given to it as props. */
export interface ProofActions {
  ways: () => Promise<FormState<ProofWays>>;
  prove: FormAction;
}

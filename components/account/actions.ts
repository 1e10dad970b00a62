import type { FormAction, FormState } from "../form-state";

/** The server actions of the account page, given to components as props. */
export interface AccountActions {
  update: FormAction;
  changePassword: FormAction;
  /** Whether the way to the identity provider may begin now, or a proof is needed before. */
  allowLink: () => Promise<FormState>;
  unlink: (issuer: string, subject: string) => Promise<FormState>;
}

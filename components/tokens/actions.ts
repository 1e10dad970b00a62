import type { TokenState } from "@/domain/tokens/lifecycle";
import type { Fingerprint } from "@/domain/tokens/pasted-secret";
import type { BulkActions } from "../bulk/actions";
import type { FormAction, FormState } from "../form-state";

/** What the create action hands over, once: it lives in the reveal dialog's state and nowhere else. */
export interface CreatedSecret {
  name: string;
  description: string;
  value: string;
  bearer: string;
  expiresAt: Date | null;
  address: ApiAddress;
}

/** What is said of the token of a pasted secret. */
export interface FoundTokenView {
  name: string;
  description: string;
  ownerName: string;
  state: TokenState;
  /** The pasted secret is its present value. */
  isItsValue: boolean;
}

export type FindTokenAction = (fingerprint: Fingerprint) => Promise<FormState<FoundTokenView>>;

/** The server actions of the token pages, given to components as props. */
export interface TokenActions {
  create: FormAction<CreatedSecret>;
  update: FormAction;
  setEnabled: (name: string, enabled: boolean) => Promise<FormState>;
  remove: (name: string) => Promise<FormState>;
  bulk: BulkActions;
  find: FindTokenAction;
}

/** Where programs reach this installation: for the ready-made lines of the reveal dialog. */
export interface ApiAddress {
  /** The address that kubectl uses; it sends no token over plain HTTP. */
  tlsUrl: string | null;
  /** The certificate of our own CA, base64 of PEM; null when a public one signed ours. */
  caData: string | null;
}

import type { FormState } from "../form-state";

/** The server actions of the sign-in pages, given to components as props. */
export interface SessionActions {
  end: (name: string) => Promise<FormState>;
  endOthers: () => Promise<FormState>;
}

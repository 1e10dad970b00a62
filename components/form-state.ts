/** What a server action answers: what it did, or what to show beside the form and its fields. */
export type FormState<Result = undefined> =
  | { status: "idle" }
  | { status: "done"; result: Result }
  | {
      status: "failed";
      message: string;
      fields: Record<string, string>;
      /** The object was changed by somebody else since the form was opened. */
      conflict: boolean;
      /** The object is gone, or was never visible. */
      missing: boolean;
      /** The person has to prove who they are first; then the same can be sent again. */
      needsProof: boolean;
      /** What was typed, where a form without scripts would lose it. Never a password. */
      values?: Record<string, string>;
    };

export type FormAction<Result = undefined> = (
  previous: FormState<Result>,
  form: FormData,
) => Promise<FormState<Result>>;

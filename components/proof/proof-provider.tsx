"use client";

import {
  createContext,
  type ReactNode,
  Suspense,
  useActionState,
  useCallback,
  useContext,
  useRef,
  useState,
} from "react";
import type { FormAction, FormState } from "../form-state";
import { lazyPart } from "../update/lazy-part";
import type { ProofActions } from "./actions";

const ProofDialog = lazyPart(async () => (await import("./proof-dialog")).ProofDialog);

type WithProof = <T>(send: () => Promise<FormState<T>>) => Promise<FormState<T>>;

const ProofContext = createContext<WithProof>((send) => send());

/**
 * Sends something to the server; when that wants a proof first, asks the person for it and sends it
 * again, so that nothing typed is lost. Who cancels gets the refusal.
 */
export function useWithProof(): WithProof {
  return useContext(ProofContext);
}

/** As useActionState for an action of a form, with useWithProof around it. */
export function useProvenAction<Result = undefined>(action: FormAction<Result>) {
  const withProof = useWithProof();
  return useActionState<FormState<Result>, FormData>(
    (previous, form) => withProof(() => action(previous, form)),
    { status: "idle" },
  );
}

export function ProofProvider({
  actions,
  children,
}: {
  actions: ProofActions;
  children: ReactNode;
}) {
  const [isAsking, setAsking] = useState(false);
  const answer = useRef<(isProved: boolean) => void>(undefined);

  const withProof = useCallback<WithProof>(async (send) => {
    const state = await send();
    if (state.status !== "failed" || !state.needsProof) return state;
    const isProved = await new Promise<boolean>((resolve) => {
      answer.current = resolve;
      setAsking(true);
    });
    setAsking(false);
    return isProved ? send() : state;
  }, []);

  return (
    <ProofContext value={withProof}>
      {children}
      {isAsking ? (
        <Suspense>
          <ProofDialog
            actions={actions}
            onProved={() => answer.current?.(true)}
            onClose={() => answer.current?.(false)}
          />
        </Suspense>
      ) : null}
    </ProofContext>
  );
}

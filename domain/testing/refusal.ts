import { DomainError } from "../errors";

/** The refusal that ends this work; fails the test when it succeeds or fails otherwise. */
export async function refusalOf(work: Promise<unknown>): Promise<DomainError> {
  const outcome = await work.then(
    () => "it was not refused",
    (error: unknown) => error,
  );
  if (outcome instanceof DomainError) return outcome;
  throw new Error("expected a refusal", { cause: outcome });
}

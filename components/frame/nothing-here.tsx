import { buttonClass } from "../ui/button";

/** Stands for what is missing and for what is somebody else's alike. */
export function NothingHere() {
  return (
    <div className="grid min-h-[60dvh] content-center justify-items-center gap-3 px-6 text-center">
      <h1 className="font-semibold text-lg">There is nothing here</h1>
      <p className="max-w-md text-muted">
        It does not exist, was deleted, or belongs to somebody else. Latchkey does not tell which.
      </p>
      <a href="/tokens" className={buttonClass("secondary")}>
        Your tokens
      </a>
    </div>
  );
}

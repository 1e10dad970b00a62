"use client";

import { Button } from "@/components/ui/button";

interface ErrorPageProps {
  error: Error & { digest?: string };
  unstable_retry?: () => void;
  reset: () => void;
}

export default function ErrorPage({ error, reset }: ErrorPageProps) {
  return (
    <div
      role="alert"
      className="grid min-h-[60dvh] content-center justify-items-center gap-3 px-6 text-center"
    >
      <h1 className="font-semibold text-lg">Something went wrong</h1>
      <p className="max-w-md text-muted">
        The page could not be shown. Nothing was changed.
        {error.digest ? (
          <>
            {" "}
            The log has it under <code className="font-mono text-ink">{error.digest}</code>.
          </>
        ) : null}
      </p>
      <Button onClick={reset}>Try again</Button>
    </div>
  );
}

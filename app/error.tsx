"use client";

import { Button } from "@/components/ui/button";

interface ErrorPageProps {
  error: Error & { digest?: string };
  unstable_retry?: () => void;
  reset: () => void;
}

export default function ErrorPage({ error, reset }: ErrorPageProps) {
  // A part of the page that only the version before has: to try again would miss it again.
  const isOutdated = error.name === "ChunkLoadError";
  return (
    <div
      role="alert"
      className="grid min-h-[60dvh] content-center justify-items-center gap-3 px-6 text-center"
    >
      <h1 className="font-semibold text-lg">
        {isOutdated ? "Latchkey was updated" : "Something went wrong"}
      </h1>
      <p className="max-w-md text-muted">
        {isOutdated
          ? "This page is of the version before. Nothing was changed."
          : "The page could not be shown. Nothing was changed."}
        {error.digest ? (
          <>
            {" "}
            The log has it under <code className="font-mono text-ink">{error.digest}</code>.
          </>
        ) : null}
      </p>
      {isOutdated ? (
        <Button onClick={() => window.location.reload()}>Load this page anew</Button>
      ) : (
        <Button onClick={reset}>Try again</Button>
      )}
    </div>
  );
}

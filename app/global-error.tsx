"use client";

import "./globals.css";

export default function GlobalError({ reset }: { reset: () => void }) {
  return (
    <html lang="en">
      <body className="grid min-h-dvh content-center justify-items-center gap-3 px-6 text-center font-sans">
        <title>Something went wrong · Latchkey</title>
        <h1 className="font-semibold text-lg">Something went wrong</h1>
        <p className="text-muted">The page could not be shown. Nothing was changed.</p>
        <button type="button" className="underline" onClick={reset}>
          Try again
        </button>
      </body>
    </html>
  );
}

import type { ReactNode } from "react";
import { Brand } from "./brand";

/** What stands around the pages before the console: the name, and one thing to do. */
export function Doorway({ children }: { children: ReactNode }) {
  return (
    <main className="grid min-h-dvh content-center justify-items-center px-4 py-10">
      <div className="w-full max-w-sm">
        <div className="mb-6 text-lg">
          <Brand />
        </div>
        {children}
      </div>
    </main>
  );
}

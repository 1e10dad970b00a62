import { spanText } from "../time";

interface SessionHeaderProps {
  scope: "own" | "all";
  isAdmin: boolean;
  limits: { totalMs: number; idleMs: number };
}

const SCOPES = [
  { scope: "own", label: "Yours", href: "/sessions" },
  { scope: "all", label: "Everybody’s", href: "/sessions?scope=all" },
] as const;

export function SessionHeader({ scope, isAdmin, limits }: SessionHeaderProps) {
  const { totalMs, idleMs } = limits;
  return (
    <header>
      <h1 className="font-semibold text-xl leading-8 tracking-tight">Sign-ins</h1>
      <p className="mt-1 max-w-2xl text-muted">
        Where {scope === "own" ? "you are" : "people are"} signed in now. A sign-in lasts{" "}
        {spanText(totalMs)} at most
        {idleMs < totalMs ? `, and ends after ${spanText(idleMs)} without a request` : ""}.
      </p>
      {isAdmin ? (
        <nav aria-label="Whose sign-ins" className="mt-4 flex flex-wrap items-center gap-1">
          {SCOPES.map(({ scope: other, label, href }) => (
            <a
              key={other}
              href={href}
              aria-current={scope === other ? "page" : undefined}
              className="rounded-md px-2.5 py-1 text-muted text-sm hover:bg-sunken hover:text-ink aria-[current]:bg-sunken aria-[current]:font-medium aria-[current]:text-ink"
            >
              {label}
            </a>
          ))}
        </nav>
      ) : null}
    </header>
  );
}

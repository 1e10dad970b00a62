import { Instant } from "../instant";
import { StateBadge } from "../tokens/state-badge";
import type { TokenView } from "../tokens/token-view";
import { tokensOfHref } from "./user-href";
import type { UserView } from "./user-view";

interface UserTokensProps {
  user: UserView;
  tokens: readonly TokenView[];
  now: Date;
}

/** The tokens that were used last; the rest is in the list of all tokens. */
export function UserTokens({ user, tokens, now }: UserTokensProps) {
  return (
    <section
      aria-labelledby="tokens"
      className="rounded-lg border border-line bg-surface px-4 py-3"
    >
      <header className="flex flex-wrap items-baseline justify-between gap-x-4">
        <h2 id="tokens" className="font-medium">
          Tokens
        </h2>
        {tokens.length > 0 ? (
          <a
            href={tokensOfHref(user.username)}
            className="rounded-sm text-accent text-sm hover:underline"
          >
            All tokens of {user.username}
          </a>
        ) : null}
      </header>
      {tokens.length === 0 ? (
        <p className="mt-1 text-muted text-sm">This user has no token.</p>
      ) : (
        <ul className="mt-2 divide-y divide-line text-sm">
          {tokens.map((token) => (
            <li
              key={token.name}
              className="grid grid-cols-[minmax(0,1fr)_auto] items-baseline gap-x-4 gap-y-0.5 py-2 xl:grid-cols-[minmax(0,1fr)_auto_8rem]"
            >
              <a
                href={`/tokens/${token.name}`}
                className="wrap-anywhere line-clamp-2 rounded-sm hover:text-accent hover:underline"
              >
                {token.description || <span className="font-mono">{token.name}</span>}
              </a>
              <StateBadge state={token.state} />
              <span className="text-muted max-xl:col-span-2 xl:text-right">
                {token.lastUsedAt ? (
                  <>
                    used <Instant at={token.lastUsedAt} now={now} align="end" />
                  </>
                ) : (
                  "never used"
                )}
              </span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

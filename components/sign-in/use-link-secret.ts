"use client";

import { useEffect, useState } from "react";

/**
 * The secret behind the # of the address, which is taken out of the address and its history at
 * once: `undefined` until scripts run, `null` where there is none.
 */
export function useLinkSecret(): string | null | undefined {
  const [secret, setSecret] = useState<string | null>();

  useEffect(() => {
    const take = () => {
      const fragment = window.location.hash.slice(1);
      // With the router's own state, so that it takes this for its own doing and reads nothing.
      if (fragment) window.history.replaceState(window.history.state, "", withoutFragment());
      setSecret((known) => fragment || (known ?? null));
    };
    take();
    // A second link that is opened in the same tab changes the fragment alone.
    window.addEventListener("hashchange", take);
    return () => window.removeEventListener("hashchange", take);
  }, []);

  useEffect(() => {
    // The router has read the address before us, and would write it back: now it hears of the new.
    if (secret) window.history.replaceState(null, "", withoutFragment());
  }, [secret]);

  return secret;
}

function withoutFragment(): string {
  return window.location.pathname + window.location.search;
}

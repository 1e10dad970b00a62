"use client";

import { useEffect, useState } from "react";

interface Answer<Data> {
  address: string;
  /** Undefined when it could not be loaded. */
  data: Data | undefined;
}

/** What the routes of a list say, beside the page: undefined while it loads. */
interface ListJson<Data> {
  data: Data | undefined;
  isFailed: boolean;
}

/**
 * Loads JSON of one of our own routes once the page is there, and again with another address or
 * revision; the request before is given up. After another revision the former answer stays meanwhile.
 */
export function useListJson<Data>(address: string, revision: number): ListJson<Data> {
  const [answer, setAnswer] = useState<Answer<Data> | null>(null);

  // biome-ignore lint/correctness/useExhaustiveDependencies: another revision is asked for anew
  useEffect(() => {
    const controller = new AbortController();
    const { signal } = controller;
    fetch(address, { signal, cache: "no-store", priority: "low" })
      .then(async (response) => {
        if (!response.ok) throw new Error(`${response.status}`);
        const data: Data = await response.json();
        if (!signal.aborted) setAnswer({ address, data });
      })
      .catch(() => {
        if (!signal.aborted) setAnswer({ address, data: undefined });
      });
    return () => controller.abort();
  }, [address, revision]);

  const isCurrent = answer?.address === address;
  return {
    data: isCurrent ? answer.data : undefined,
    isFailed: isCurrent && answer.data === undefined,
  };
}

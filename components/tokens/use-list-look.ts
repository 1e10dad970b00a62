"use client";

import { useCallback, useState } from "react";
import { type ListLook, type ListScope, LOOK_COOKIES, lookText } from "./list-look";

const YEAR_S = 365 * 24 * 60 * 60;

/** How the list looks, and how to change it: kept by this browser. */
export function useListLook(
  scope: ListScope,
  initial: ListLook,
): [ListLook, (look: ListLook) => void] {
  const [look, setLook] = useState(initial);
  const change = useCallback(
    (changed: ListLook) => {
      setLook(changed);
      const attributes = `path=/; max-age=${YEAR_S}; samesite=lax`;
      // biome-ignore lint/suspicious/noDocumentCookie: the cookie store is not in every browser yet
      document.cookie = `${LOOK_COOKIES[scope]}=${lookText(changed)}; ${attributes}`;
    },
    [scope],
  );
  return [look, change];
}

"use client";

import { type ComponentType, lazy, useEffect } from "react";
import { type News, tellNews } from "./news";

/**
 * As React's lazy. Of a part that is gone, because the server is a newer version by now, nothing is
 * shown and the page stays; the person is told.
 */
export function lazyPart<Props extends object>(load: () => Promise<ComponentType<Props>>) {
  return lazy<ComponentType<Props>>(async () => {
    try {
      return { default: await load() };
    } catch {
      const reason = (await isServerThere()) ? "updated" : "away";
      return { default: () => <MissingPart reason={reason} /> };
    }
  });
}

function MissingPart({ reason }: News) {
  useEffect(() => tellNews(reason), [reason]);
  return null;
}

function isServerThere(): Promise<boolean> {
  return fetch("/healthz", { cache: "no-store" }).then(
    ({ ok }) => ok,
    () => false,
  );
}

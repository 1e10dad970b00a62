"use client";

import { useEffect } from "react";
import { Notice } from "../ui/notice";
import { LINK_OUTCOMES, type LinkOutcome } from "./link-outcome";

/** Says it once: the address forgets it, so that loading the page anew does not repeat it. */
export function LinkNotice({ outcome }: { outcome: LinkOutcome }) {
  useEffect(() => {
    window.history.replaceState(null, "", window.location.pathname);
  }, []);
  return (
    <Notice tone={outcome === "linked" ? "info" : "danger"} alert>
      {LINK_OUTCOMES[outcome]}
    </Notice>
  );
}

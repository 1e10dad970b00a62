"use client";

import { useEffect } from "react";
import { PROOF_CHANNEL } from "./channel";

/** Tells the tab that waits for the proof, and closes this one where the browser allows it. */
export function ProofDone() {
  useEffect(() => {
    const channel = new BroadcastChannel(PROOF_CHANNEL);
    channel.postMessage("proved");
    channel.close();
    window.close();
  }, []);
  return <p role="status">Confirmed. Close this tab and go on in the other one.</p>;
}

"use client";

import { Download } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { Button } from "../ui/button";
import { CopyField } from "../ui/copy-field";
import { Dialog, DialogActions } from "../ui/dialog";
import { Notice } from "../ui/notice";
import { useLeaveGuard } from "../use-leave-guard";
import type { CreatedSecret } from "./actions";
import { curlCommand, kubeconfig, kubectlCommand } from "./snippets";

interface RevealDialogProps {
  secret: CreatedSecret;
  onDone: () => void;
}

/** Shows a new token's value, once. Every way out is guarded until the reader says it is stored. */
export function RevealDialog({ secret, onDone }: RevealDialogProps) {
  const { address } = secret;
  const [isStored, setStored] = useState(false);
  const [refusals, setRefusals] = useState(0);
  const checkbox = useRef<HTMLInputElement>(null);
  const origin = window.location.origin;
  const refuse = () => setRefusals((count) => count + 1);
  const leave = useLeaveGuard(!isStored, { onRefused: refuse, onLeft: onDone });

  useEffect(() => {
    if (refusals > 0) checkbox.current?.focus();
  }, [refusals]);

  const dismiss = isStored ? leave : refuse;
  return (
    <Dialog title="Copy your token now" wide onClose={dismiss} onDismissRefused={dismiss}>
      <div className="grid gap-4">
        <p className="text-muted text-sm">
          This is the only time it is shown. Latchkey keeps only a hash of it and cannot show{" "}
          <span className="font-mono text-ink">{secret.name}</span> again.
        </p>
        <CopyField label="Token" value={secret.value} copyLabel="Copy token" />
        <CopyField
          label="Bearer token"
          value={secret.bearer}
          copyLabel="Copy bearer token"
          focused
        />
        <details className="group rounded-md border border-line">
          <summary className="px-3 py-2 font-medium text-sm">Ready-made commands</summary>
          <div className="grid gap-4 border-line border-t p-3">
            <CopyField
              multiline
              label="curl"
              copyLabel="Copy curl command"
              value={curlCommand(origin, secret.bearer)}
            />
            {address.tlsUrl ? (
              <CopyField
                multiline
                label="kubectl"
                copyLabel="Copy kubectl command"
                value={kubectlCommand(secret.name)}
              />
            ) : null}
            {address.tlsUrl ? (
              <Button
                size="sm"
                className="justify-self-start"
                onClick={() =>
                  download(
                    `${secret.name}.kubeconfig`,
                    kubeconfig(secret, address.tlsUrl ?? origin, address.caData),
                  )
                }
              >
                <Download aria-hidden className="size-4" />
                Download kubeconfig
              </Button>
            ) : null}
          </div>
        </details>
        <label className="flex items-center gap-2.5 rounded-md bg-sunken px-3 py-2.5">
          <input
            ref={checkbox}
            type="checkbox"
            checked={isStored}
            onChange={(event) => setStored(event.target.checked)}
            className="size-4 accent-accent"
          />
          I have stored this token
        </label>
        {refusals > 0 && !isStored ? (
          <Notice tone="warning" alert>
            Store the token first, then tick the box: it cannot be shown again.
          </Notice>
        ) : null}
      </div>
      <DialogActions>
        <Button variant="primary" disabled={!isStored} onClick={leave}>
          Done
        </Button>
      </DialogActions>
    </Dialog>
  );
}

function download(name: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: "application/yaml" }));
  const link = Object.assign(document.createElement("a"), { href: url, download: name });
  link.click();
  URL.revokeObjectURL(url);
}

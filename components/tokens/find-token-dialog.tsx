"use client";

import { type RefObject, useEffect, useRef, useState, useTransition } from "react";
import { fingerprintPasted } from "@/domain/tokens/pasted-secret";
import { Button } from "../ui/button";
import { Dialog, DialogActions } from "../ui/dialog";
import { Field, Input } from "../ui/field";
import { Notice } from "../ui/notice";
import type { FindTokenAction, FoundTokenView } from "./actions";
import { StateBadge } from "./state-badge";

interface FindTokenDialogProps {
  action: FindTokenAction;
  onClose: () => void;
}

type Answer = { found: FoundTokenView } | { problem: string };

const NOTHING =
  "There is no bearer token and no value in this text. A bearer token begins with ext/token-.";
const UNABLE = "This browser makes fingerprints on pages of HTTPS only. Open the console there.";

/**
 * Takes a secret and sends its fingerprint. The secret is in the input alone: in no state, no form,
 * no request, and not in the input either once it was looked for or the dialog is closed.
 */
export function FindTokenDialog({ action, onClose }: FindTokenDialogProps) {
  const input = useRef<HTMLInputElement>(null);
  const [answer, setAnswer] = useState<Answer | null>(null);
  const [isPending, startTransition] = useTransition();
  useEmptied(input);

  const handleFind = () => {
    const pasted = input.current?.value ?? "";
    if (input.current) input.current.value = "";
    setAnswer(null);
    startTransition(async () => {
      const found = await find(action, pasted);
      startTransition(() => setAnswer(found));
    });
  };

  const problem = answer && "problem" in answer ? answer.problem : undefined;
  return (
    <Dialog title="Find a token by its value" onClose={onClose}>
      <div className="grid gap-4">
        <Field
          label="Bearer token or value"
          hint="Also a line of a file or a header that holds one. Its fingerprint is made in this browser; the secret itself is not sent. A value without its name is found of newer tokens only."
        >
          {(control) => (
            <Input
              {...control}
              ref={input}
              type="password"
              data-autofocus
              data-1p-ignore
              data-lpignore="true"
              data-bwignore
              autoComplete="off"
              spellCheck={false}
              className="font-mono"
              onKeyDown={(event) => {
                if (event.key === "Enter" && !isPending) handleFind();
              }}
            />
          )}
        </Field>
        <div role="status" className="empty:hidden">
          {problem ? <Notice tone="info">{problem}</Notice> : null}
          {answer && "found" in answer ? <Found found={answer.found} /> : null}
        </div>
        <DialogActions>
          <Button onClick={onClose}>Close</Button>
          <Button variant="primary" disabled={isPending} aria-busy={isPending} onClick={handleFind}>
            Find
          </Button>
        </DialogActions>
      </div>
    </Dialog>
  );
}

function Found({ found }: { found: FoundTokenView }) {
  return (
    <div className="grid gap-3">
      <div className="grid gap-1 rounded-md bg-sunken px-3 py-2.5">
        <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <a
            href={`/tokens/${found.name}`}
            className="rounded-sm font-mono text-sm underline decoration-line-strong underline-offset-4 hover:text-accent"
          >
            {found.name}
          </a>
          <StateBadge state={found.state} />
        </p>
        <p className="break-words text-muted text-sm">
          {found.description || "No description"} · {found.ownerName}
        </p>
      </div>
      {found.isItsValue ? (
        <p className="text-sm">This is its present value.</p>
      ) : (
        <Notice tone="warning">
          Only the name is right: the secret after it is not the value of this token.
        </Notice>
      )}
    </div>
  );
}

async function find(action: FindTokenAction, pasted: string): Promise<Answer> {
  // Browsers have no digests on pages that came without encryption.
  if (!globalThis.crypto?.subtle) return { problem: UNABLE };
  const fingerprint = await fingerprintPasted(pasted);
  if (!fingerprint) return { problem: NOTHING };
  const answer = await action(fingerprint);
  if (answer.status === "done") return { found: answer.result };
  if (answer.status !== "failed") return { problem: NOTHING };
  return { problem: answer.missing ? "No token that you may see has this value." : answer.message };
}

// Also of what the browser would keep of the page for going back.
function useEmptied(input: RefObject<HTMLInputElement | null>): void {
  useEffect(() => {
    const element = input.current;
    const empty = () => {
      if (element) element.value = "";
    };
    window.addEventListener("pagehide", empty);
    return () => {
      window.removeEventListener("pagehide", empty);
      empty();
    };
  }, [input]);
}

import type { FormState } from "../form-state";
import { tellNews } from "./news";

const UPDATED =
  "Latchkey was updated while this page was open, so this was not done. Load the page anew, then repeat it.";
const AWAY =
  "Latchkey did not answer, so it is not known whether this was done. What you typed is still here: look, then try again.";
const GATEWAY_STATUSES = new Set([502, 503, 504]);

/**
 * From here on an action that the server does not know, or does not answer, ends as any refusal does:
 * in the form that asked, which keeps what was typed. Next would throw it, which takes the page away.
 */
export function answerForServer(): void {
  const ask = window.fetch;
  window.fetch = async (input, init) => {
    if (!new Headers(init?.headers).has("next-action")) return ask(input, init);
    const answer = await ask(input, init).catch(() => null);
    if (answer === null || GATEWAY_STATUSES.has(answer.status)) return refusal(AWAY);
    if (answer.headers.get("x-nextjs-action-not-found") !== "1") return answer;
    tellNews("updated");
    return refusal(UPDATED);
  };
}

// The result of an action, as the server would write it.
function refusal(message: string): Response {
  const state: FormState = {
    status: "failed",
    message,
    fields: {},
    conflict: false,
    missing: false,
    needsProof: false,
  };
  return new Response(`0:${JSON.stringify({ a: state })}\n`, {
    headers: { "Content-Type": "text/x-component" },
  });
}

import type { EffectView, PreviewView } from "./actions";
import { countText } from "./setting-view";

export type LongerLived = Extract<EffectView, { kind: "longer-lived" }>;

export const NOUNS = { tokens: "token", sessions: "sign-in" } as const;

const UNTOUCHED = "Nothing that exists is touched.";
const IDENTITY = "an identity at the identity provider";

/** The sentence that says what a value would touch. `wanted` is the value in words. */
export function effectText({ effect, countMax }: PreviewView, wanted: string): string {
  if (effect.kind === "none") return UNTOUCHED;
  const { count } = effect;
  const what = (noun: string) => capital(countText(count, noun, countMax));
  const say = (one: string, many: string) => (count === 1 ? one : many);
  switch (effect.kind) {
    case "longer-lived": {
      const noun = NOUNS[effect.of];
      if (count === 0) return `No ${noun} lives longer than ${wanted}.`;
      const keeps = say(
        "lives longer than WANTED. It keeps its lifetime unless you shorten it.",
        "live longer than WANTED. They keep their lifetime unless you shorten them.",
      );
      return `${what(noun)} ${keeps.replace("WANTED", wanted)}`;
    }
    case "idle-ended":
      if (count === 0) return "No sign-in ends by this now.";
      return `${what("sign-in")} ${say("has been idle for longer and ends", "have been idle for longer and end")} at once.`;
    case "idle-revived":
      if (count === 0) return UNTOUCHED;
      return `${what("sign-in")} that had ended by being idle ${say("works", "work")} again.`;
    case "expired-removed":
      if (count === 0) return "No expired token is removed by this now.";
      return `${what("expired token")} ${say("is", "are")} removed within ten minutes. The audit trail stays.`;
    case "locked-out":
      if (count === 0) return `Every user has ${IDENTITY}.`;
      return `${what("user")} without ${IDENTITY} cannot sign in any more. Sign-ins and tokens that exist go on.`;
  }
}

/** What shortening ends, or null when it ends nothing. */
export function endingText(effect: LongerLived, countMax: number): string | null {
  const { ending, endingInUse, endsOwn, of } = effect;
  if (ending === 0) return null;
  const noun = NOUNS[of];
  const ends =
    ending === 1 ? "is older than that already and ends" : "are older than that already and end";
  const used = endingInUse === 1 ? "was" : "were";
  const them = endingInUse === 1 ? "it" : "them";
  return [
    `${capital(countText(ending, noun, countMax))} ${ends} at once.`,
    endingInUse > 0 && of === "tokens"
      ? `${endingInUse.toLocaleString("en")} of these ${used} used in the last seven days: whatever uses ${them} stops working.`
      : "",
    endsOwn ? "Your own sign-in is one of them: you will be signed out." : "",
  ]
    .filter(Boolean)
    .join(" ");
}

export function capital(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}

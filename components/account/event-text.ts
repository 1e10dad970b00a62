/** An event of one's own history. */
export interface EventView {
  seq: number;
  at: Date;
  isOwn: boolean;
  /** What it was done to is the reader's: a token of theirs, or their account. */
  isTheirs: boolean;
  actorName: string;
  action: string;
  objectKind: string;
  objectName: string;
  outcome: "success" | "failure" | "denied";
  reason: string | null;
  before: Record<string, unknown> | null;
  after: Record<string, unknown> | null;
  address: string | null;
  userAgent: string | null;
}

type Telling = (event: EventView) => string;

const FIELD_NAMES: Record<string, string> = {
  description: "description",
  ttlMs: "lifetime",
  enabled: "enabled",
  labels: "labels",
  annotations: "annotations",
  displayName: "display name",
  role: "role",
  timeZone: "time zone",
  dateFormat: "date format",
};

const account: Telling = ({ isTheirs, objectName }) =>
  isTheirs ? "your account" : `the user ${objectName}`;

const possessive: Telling = (event) => (event.isTheirs ? "your" : `the user ${event.objectName}’s`);

const TELLINGS: Record<string, Telling> = {
  "token.create": (event) =>
    kindOf(event) === "session" ? "created a sign-in" : "created the token",
  "token.update": (event) => `changed the token${changedText(event)}`,
  "token.delete": (event) =>
    kindOf(event) === "session" ? "ended the sign-in" : "deleted the token",
  "token.export": ({ isOwn }) => (isOwn ? "exported tokens" : "exported your tokens"),
  "view.save": ({ objectName }) => `saved the shared view ${objectName}`,
  "view.delete": ({ objectName }) => `deleted the shared view ${objectName}`,
  "user.create": (event) =>
    event.isTheirs && event.isOwn ? "came here for the first time" : `created ${account(event)}`,
  "user.update": (event) => `changed ${account(event)}${changedText(event)}`,
  "user.enable": (event) => `enabled ${account(event)}`,
  "user.disable": (event) => `disabled ${account(event)}`,
  "user.delete": (event) => `deleted ${account(event)}`,
  "user.change-password": (event) => `changed ${possessive(event)} password`,
  "user.create-password-link": (event) => `made a link that sets ${possessive(event)} password`,
  "user.end-sessions": (event) =>
    event.isOwn && event.isTheirs
      ? "signed out everywhere else"
      : `ended ${possessive(event)} sign-ins`,
  "user.unlock": (event) => `lifted the limits on ${possessive(event)} sign-ins`,
  "user.link-identity": (event) => `linked an identity to ${account(event)}`,
  "user.unlink-identity": (event) => `unlinked an identity from ${account(event)}`,
  "setting.update": ({ objectName }) => `changed the setting ${objectName}`,
  "bulk.start": () => "began to change many tokens",
  "bulk.cancel": () => "stopped changing many tokens",
  "session.sign-in": () => "signed in",
  "session.sign-out": ({ isOwn, isTheirs }) => {
    if (isOwn) return isTheirs ? "signed out" : "signed somebody out";
    return "signed you out";
  },
  "session.prove": () => "confirmed that it was you",
};

/** The sentence that tells what happened, to the person of the history. */
export function eventText(event: EventView): string {
  if (event.action === "session.sign-in" && event.outcome !== "success") {
    return "Somebody tried to sign in as you";
  }
  const telling = TELLINGS[event.action];
  const what = telling ? telling(event) : event.action;
  return `${event.isOwn ? "You" : event.actorName} ${what}`;
}

/** The token to name, and lead to, beside the sentence; null when it tells all. */
export function eventToken(event: EventView): { name: string; isThere: boolean } | null {
  if (event.objectKind !== "token" || !event.action.startsWith("token.")) return null;
  return { name: event.objectName, isThere: event.action !== "token.delete" };
}

function kindOf({ before, after }: EventView): unknown {
  return (after ?? before)?.kind;
}

function changedText({ before, after }: EventView): string {
  const names = Object.keys(FIELD_NAMES).filter(
    (field) => JSON.stringify(before?.[field]) !== JSON.stringify(after?.[field]),
  );
  return names.length === 0 ? "" : `: ${names.map((name) => FIELD_NAMES[name]).join(", ")}`;
}

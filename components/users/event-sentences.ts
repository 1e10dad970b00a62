import type { HistoryEntry } from "../history/entry";

type Sentence = (who: string, what: string) => string;

// `who` did something to `what`: done, and, where it reads otherwise, not done.
const DONE: Record<string, Sentence> = {
  "token.create": (who, what) => `${who} created ${what}`,
  "token.update": (who, what) => `${who} changed ${what}`,
  "token.delete": (who, what) => `${who} deleted ${what}`,
  "token.export": (who) => `${who} exported tokens`,
  "view.save": (who, what) => `${who} saved ${what}`,
  "view.delete": (who, what) => `${who} deleted ${what}`,
  "user.create": (who, what) => `${who} created ${what}`,
  "user.update": (who, what) => `${who} changed ${what}`,
  "user.enable": (who, what) => `${who} enabled ${what}`,
  "user.disable": (who, what) => `${who} disabled ${what}`,
  "user.delete": (who, what) => `${who} deleted ${what}`,
  "user.change-password": (who, what) => `${who} set a new password for ${what}`,
  "user.create-password-link": (who, what) => `${who} made a password link for ${what}`,
  "user.end-sessions": (who, what) => `${who} ended the sign-ins of ${what}`,
  "user.unlock": (who, what) => `${who} lifted the sign-in lock of ${what}`,
  "user.link-identity": (who, what) => `${who} linked an identity to ${what}`,
  "user.unlink-identity": (who, what) => `${who} unlinked an identity from ${what}`,
  "setting.update": (who, what) => `${who} changed ${what}`,
  "bulk.start": (who) => `${who} began to change many tokens`,
  "bulk.cancel": (who) => `${who} stopped changing many tokens`,
  "session.sign-in": (who) => `${who} signed in`,
  "session.prove": (who) => `${who} confirmed who they are`,
  "session.sign-out": (who) => `${who} signed out`,
};

const NOT_DONE: Record<string, Sentence> = {
  // Whoever it was has not shown to be the user.
  "session.sign-in": () => "A sign-in was refused",
  "session.prove": (who) => `${who} could not confirm who they are`,
};

/** What happened, told on the page of a user, who is there by name and id. */
export function eventSentence(entry: HistoryEntry, user: { id: string; username: string }): string {
  const what = objectText(entry, user);
  const done = DONE[entry.action] ?? ((who) => `${who}: ${entry.action} ${what}`);
  if (entry.outcome === "success") return done(entry.actorName, what);
  const refused = NOT_DONE[entry.action];
  return refused ? refused(entry.actorName, what) : `Refused: ${done(entry.actorName, what)}`;
}

function objectText(entry: HistoryEntry, user: { id: string; username: string }): string {
  const { objectKind, objectName, before, after } = entry;
  if (objectKind === "token") {
    const isSignIn = before?.kind === "session" || after?.kind === "session";
    return `${isSignIn ? "the sign-in" : "the token"} ${objectName}`;
  }
  if (objectKind === "setting") return `the setting ${objectName}`;
  if (objectKind === "view") return `the shared view ${objectName}`;
  if (objectName === user.id) return entry.actorId === user.id ? "themselves" : user.username;
  const name = entry.objectUsername ?? after?.username ?? before?.username;
  return typeof name === "string" ? name : objectName || "a user";
}

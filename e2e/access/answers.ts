import type { Who } from "./who";

/** What each of them is answered: a status, or how a server action ends. */
export type Answers<Answer = number> = Record<Who, Answer>;

/** What a row is about, new for each time it is asked. */
export interface Things {
  /** The name of a token of `user`'s. */
  token: string;
  userId: string;
  username: string;
  password: string;
  /** The name of a sign-in of `user`'s. */
  session: string;
  /** A bulk action of `user`'s, which has ended. */
  job: string;
  /** A user whom nobody else needs. */
  spareId: string;
}

/** How a row is asked for, where its address and method do not say all. */
interface Request {
  /** Instead of the address with the token's name and the user's id in it. */
  path?: (things: Things) => string;
  body?: (things: Things) => unknown;
  type?: string;
  /** Everybody changes something, if only what was their own; others only where others are refused. */
  isWriteForAll?: boolean;
  /** Whoever may do it is signed out by it. */
  endsSignIn?: boolean;
}

export type Row = { answers: Answers } & Request;

export interface ActionRow {
  answers: Answers<ActionEnd>;
  /** What its form or component passes. */
  args: (things: Things) => unknown[];
  isWriteForAll?: boolean;
  endsSignIn?: boolean;
}

export type ActionEnd =
  | "done"
  /** Sign in first. */
  | "signed out"
  /** Refused, or its input is. */
  | "refused"
  /** There is no such thing, or not for them. */
  | "gone"
  /** Prove first who you are. */
  | "proof"
  /** Leads somewhere else, as a sign-in does. */
  | "redirect";

/** The same for everybody. */
export function everybody<Answer>(answer: Answer): Answers<Answer> {
  return split(answer, answer);
}

/** For pages and actions: who is signed in, and all others. Neither a token nor an ended sign-in is. */
export function split<Answer>(signedIn: Answer, others: Answer): Answers<Answer> {
  const people = { user: signedIn, other: signedIn, verifier: signedIn, admin: signedIn };
  const rest = { nobody: others, disabled: others, expired: others, swapped: others };
  return { ...people, demoted: signedIn, ...rest };
}

/** Every signed-in person sees the page. */
export const SIGNED_IN = split(200, 307);
/** The page of something that is `user`'s: for others there is none. */
export const OWNER_AND_ADMINS = { ...split(404, 307), user: 200, admin: 200 };
export const ADMINS = { ...split(404, 307), admin: 200 };

/** What a page of theirs asks for by itself: nobody is led to the sign-in by it. */
export const SIGNED_IN_JSON = split(200, 401);
export const OWNER_AND_ADMIN_JSON = { ...split(404, 401), user: 200, admin: 200 };
export const ADMIN_JSON = { ...split(404, 401), admin: 200 };

/** For programs: whoever has a token that works. */
export const ANY_TOKEN = split(200, 401);
export const OWNER_AND_ADMIN_TOKENS = { ...split(404, 401), user: 200, admin: 200 };
export const ADMIN_TOKENS = { ...split(403, 401), admin: 200 };
export const CHECKER_TOKENS = { ...ADMIN_TOKENS, verifier: 200 };

export const ANY_PERSON = split<ActionEnd>("done", "signed out");
export const OWNER_OR_ADMIN: Answers<ActionEnd> = {
  ...split<ActionEnd>("gone", "signed out"),
  user: "done",
  admin: "done",
};
export const ADMIN_ONLY: Answers<ActionEnd> = {
  ...split<ActionEnd>("refused", "signed out"),
  admin: "done",
};

/** The same answers with another status for those who may. */
export function with201(answers: Answers): Answers {
  const entries = Object.entries(answers) as [Who, number][];
  return Object.fromEntries(
    entries.map(([who, status]) => [who, status === 200 ? 201 : status]),
  ) as Answers;
}

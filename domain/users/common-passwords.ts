import { processWide } from "@/db/process-wide";

const known = processWide("common-passwords", () => ({
  passwords: undefined as Promise<ReadonlySet<string>> | undefined,
}));

const ROWS = [
  "abcdefghijklmnopqrstuvwxyz",
  "0123456789",
  "qwertyuiop",
  "asdfghjkl",
  "zxcvbnm",
  "qwertyuiopasdfghjklzxcvbnm",
  "qwertzuiopasdfghjklyxcvbnm",
  "1q2w3e4r5t6y7u8i9o0p",
  "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik",
];

const START = /^[\d\p{P}\p{S}\s]+/u;
const END = /[\d\p{P}\p{S}\s]+$/u;
const YEAR = /\d{1,4}[\p{P}\p{S}\s]*$/u;

/**
 * Whether a password is among the 49,000 that are tried first, or made of one of them: repeated, or
 * with digits and signs at its ends (NIST SP 800-63B-4, 3.1.1.2). So is a run along the alphabet,
 * the digits or a keyboard.
 */
export async function isCommonPassword(password: string): Promise<boolean> {
  const letters = password.toLowerCase();
  const withoutEnd = letters.replace(END, "");
  // Of one that ends with digits itself, what was put behind it is a year and signs.
  const cores = [letters, withoutEnd, letters.replace(START, ""), withoutEnd.replace(START, "")];
  const forms = [...cores, letters.replace(YEAR, "")]
    .flatMap((core) => [core, unitOf(core)])
    .filter((form) => form.length > 1);
  if (forms.some(isRun)) return true;
  known.passwords ??= load();
  const passwords = await known.passwords;
  return forms.some((form) => passwords.has(form));
}

// Only when the first password is chosen: the list is of two megabytes.
async function load(): Promise<ReadonlySet<string>> {
  const { dictionary } = await import("@zxcvbn-ts/language-common");
  return new Set(dictionary["passwords-common"].map(String));
}

// What a repeated text repeats, or the text itself.
function unitOf(text: string): string {
  return /^(.+?)\1+$/su.exec(text)?.[1] ?? text;
}

function isRun(text: string): boolean {
  const isAlong = (row: string) =>
    row.repeat(Math.ceil(text.length / row.length) + 1).includes(text);
  return ROWS.some((row) => isAlong(row) || isAlong([...row].reverse().join("")));
}

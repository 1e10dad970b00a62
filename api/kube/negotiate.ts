import type { Context } from "hono";
import { type Accept, parseAccept } from "hono/utils/accept";
import { NotAcceptable } from "./transport-errors";

/** A form in which an answer can be given. */
export interface Form {
  mediaType: string;
  /** `as`, `g` and `v` of Kubernetes: the kind of object that the answer is turned into. */
  as?: string;
  group?: string;
  version?: string;
}

export const PLAIN_JSON: Form = { mediaType: "application/json" };

/**
 * The form that the Accept header likes best (RFC 9110 12.5.1); the first one when there is no such
 * header. Throws NotAcceptable when it wants none of them.
 */
export function negotiate<F extends Form>(context: Context, forms: readonly [F, ...F[]]): F {
  const header = context.req.header("accept");
  if (!header?.trim()) return forms[0];
  const wishes = parseAccept(header);
  const ranked = forms
    .map((form) => ({ form, ...rank(form, wishes) }))
    .filter(({ quality }) => quality > 0)
    .sort((left, right) => right.quality - left.quality || left.place - right.place);
  if (!ranked[0]) throw new NotAcceptable([...new Set(forms.map(({ mediaType }) => mediaType))]);
  return ranked[0].form;
}

// How much a form is wanted, by the most specific wish that it meets, and how early that stands.
function rank(form: Form, wishes: readonly Accept[]) {
  const met = wishes
    .map((wish, place) => ({ place, quality: wish.q, match: specificity(form, wish) }))
    .filter(({ match }) => match > 0)
    .sort((left, right) => right.match - left.match)[0];
  return met ?? { place: 0, quality: 0 };
}

function specificity(form: Form, { type, params }: Accept): number {
  const wanted = type.toLowerCase();
  const isSame = form.as === params.as && form.group === params.g && form.version === params.v;
  if (wanted === form.mediaType) return isSame ? 3 : 0;
  if (form.as !== undefined || params.as !== undefined) return 0;
  if (wanted === `${form.mediaType.split("/")[0]}/*`) return 2;
  return wanted === "*/*" ? 1 : 0;
}

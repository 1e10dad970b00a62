import { timeLeftHere } from "@/auth/session";
import { toDomainError } from "@/domain/errors";

const NO_STORE = { "Cache-Control": "no-store" };

/** For the pages that are open: how long the sign-in still lasts. To ask is no activity. */
export async function GET(): Promise<Response> {
  try {
    return Response.json({ left: await timeLeftHere() }, { headers: NO_STORE });
  } catch (error) {
    const refusal = toDomainError(error);
    if (!refusal) throw error;
    return new Response(refusal.message, { status: 503, headers: NO_STORE });
  }
}

import type { NextRequest } from "next/server";
import { startAtProvider } from "@/app/start-at-provider";

/** Begins a fresh sign-in at the identity provider, as a proof. */
export function POST(request: NextRequest): Promise<Response> {
  return startAtProvider(request, { purpose: "prove", from: "/prove", callbackUrl: "/prove?done" });
}

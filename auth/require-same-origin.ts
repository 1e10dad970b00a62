import { headers } from "next/headers";
import { DomainError } from "@/domain/errors";

/**
 * Refuses a change that another site may have sent: a browser says so in Sec-Fetch-Site, or else
 * its Origin must be this host. Next's own check lets a request without any Origin pass.
 */
export async function requireSameOrigin(): Promise<void> {
  const headerList = await headers();
  const site = headerList.get("sec-fetch-site");
  if (site === "same-origin") return;
  const origin = headerList.get("origin");
  const host = headerList.get("x-forwarded-host") ?? headerList.get("host");
  const isOwn = origin !== null && URL.canParse(origin) && new URL(origin).host === host;
  if (site === null && isOwn) return;
  throw new DomainError("forbidden", "The request did not come from this console.");
}

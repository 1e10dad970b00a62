import type { ApiAddress } from "@/components/tokens/actions";

/** Where kubectl reaches this process; the server notes it when its TLS listener is up. */
export function apiAddress(): ApiAddress {
  return {
    tlsUrl: process.env.LATCHKEY_TLS_URL ?? null,
    caData: process.env.LATCHKEY_TLS_CA_DATA ?? null,
  };
}

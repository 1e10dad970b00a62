import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { exportJWK, generateKeyPair } from "jose";
import Provider, { type JWK } from "oidc-provider";

/** Somebody at the identity provider. */
export interface ProviderAccount {
  sub: string;
  name?: string;
  email?: string;
  preferred_username?: string;
  groups?: string[];
}

/** A real OpenID provider on loopback, whose people a test adds and changes. */
export interface IdentityProvider {
  issuer: string;
  accounts: Map<string, ProviderAccount>;
  /** Latchkey's environment for it. */
  environment: Record<string, string>;
  /** Stops listening; `start` listens again at the same address. */
  stop: () => Promise<void>;
  start: () => Promise<void>;
}

const CLIENT = { id: "latchkey", secret: "a secret of the tests that is long enough" };

/** Starts the provider before Latchkey: the address to come back to is set with `serve`. */
export async function startProvider(): Promise<
  IdentityProvider & { serve: (latchkeyUrl: string) => void }
> {
  const { privateKey } = await generateKeyPair("RS256", { extractable: true });
  const key = { ...(await exportJWK(privateKey)), alg: "RS256", use: "sig" } as JWK;
  const accounts = new Map<string, ProviderAccount>();
  let provider: Provider | undefined;
  let server = listen(0);
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const issuer = `http://127.0.0.1:${port}`;

  function listen(at: number): Server {
    return createServer((request, response) => {
      if (!provider) return response.writeHead(503).end();
      if (request.url?.startsWith("/login/")) return void answerLogin(provider, request, response);
      return void provider.callback()(request, response);
    }).listen(at, "127.0.0.1");
  }

  return {
    issuer,
    accounts,
    environment: {
      OIDC_ISSUER: issuer,
      OIDC_CLIENT_ID: CLIENT.id,
      OIDC_CLIENT_SECRET: CLIENT.secret,
      OIDC_NAME: "Example ID",
      OIDC_ADMIN_GROUP: "latchkey-admins",
      OIDC_SCOPE: "openid profile email groups",
    },
    serve: (latchkeyUrl) => {
      provider = makeProvider(issuer, latchkeyUrl, key, accounts);
    },
    stop: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
    start: async () => {
      server = listen(port);
      await once(server, "listening");
    },
  };
}

function makeProvider(
  issuer: string,
  latchkeyUrl: string,
  key: JWK,
  accounts: Map<string, ProviderAccount>,
): Provider {
  return new Provider(issuer, {
    clients: [
      {
        client_id: CLIENT.id,
        client_secret: CLIENT.secret,
        redirect_uris: [`${latchkeyUrl}/api/auth/callback/oidc`],
        grant_types: ["authorization_code"],
        response_types: ["code"],
      },
    ],
    jwks: { keys: [key] },
    cookies: { keys: ["of the tests"] },
    claims: {
      openid: ["sub"],
      profile: ["name", "preferred_username"],
      email: ["email"],
      groups: ["groups"],
    },
    pkce: { required: () => true },
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_context, { uid }) => `/login/${uid}` },
    ttl: { Interaction: 600, Session: 600, Grant: 600, AccessToken: 600, IdToken: 600 },
    // Nobody is asked to agree: Latchkey is the organisation's own.
    loadExistingGrant: async ({ oidc }) => {
      const { client, session, provider } = oidc;
      const grant = new provider.Grant({
        clientId: client?.clientId ?? "",
        accountId: session?.accountId ?? "",
      });
      grant.addOIDCScope("openid profile email groups");
      await grant.save();
      return grant;
    },
    findAccount: (_context, id) => ({
      accountId: id,
      claims: async () => ({ ...accounts.get(id), sub: id }),
    }),
  });
}

// The provider's login page: whoever is typed in is let in.
async function answerLogin(
  provider: Provider,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (request.method === "POST") {
    const accountId = new URLSearchParams(await text(request)).get("login") ?? "";
    const login = { accountId, ts: Math.floor(Date.now() / 1_000) };
    return provider.interactionFinished(request, response, { login });
  }
  response.setHeader("Content-Type", "text/html; charset=utf-8");
  response.end(`<!doctype html><html lang="en"><link rel="icon" href="data:,"><title>Example ID</title>
    <form method="post"><label>Login <input name="login"></label><button>Continue</button></form>`);
}

import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT, UnsecuredJWT } from "jose";

/** What an ID token is made of, for a case to spoil. */
export interface Draft {
  header: { alg: string; kid?: string };
  claims: JWTPayload;
  /** With which key it is signed; none is an unsigned token. */
  key: "provider" | "another" | "client secret" | "none";
}

/** How the next sign-in is spoiled. */
export interface Forgery {
  idToken?: (draft: Draft) => Draft | null;
  /** The subject that user info tells. */
  userInfoSubject?: string;
  /** What the discovery document calls the provider. */
  issuer?: string;
}

const CLIENT = { id: "latchkey", secret: "a secret of the tests that is long enough" };

/** A provider under an attacker's control: each sign-in is spoiled as the test says. */
export async function startForger() {
  const provider = await generateKeyPair("RS256", { extractable: true });
  const another = await generateKeyPair("RS256", { extractable: true });
  const jwk = { ...(await exportJWK(provider.publicKey)), alg: "RS256", use: "sig", kid: "one" };
  const codes = new Map<string, { nonce: string | null; sub: string }>();
  const state = { forgery: {} as Forgery, subject: "nobody", issued: 0 };

  const server = createServer(async (request, response) => {
    const url = new URL(request.url ?? "/", issuer);
    const json = (body: unknown, status = 200) => {
      response.writeHead(status, { "Content-Type": "application/json" });
      response.end(JSON.stringify(body));
    };
    switch (url.pathname) {
      case "/.well-known/openid-configuration":
        return json({
          issuer: state.forgery.issuer ?? issuer,
          authorization_endpoint: `${issuer}/authorize`,
          token_endpoint: `${issuer}/token`,
          userinfo_endpoint: `${issuer}/userinfo`,
          jwks_uri: `${issuer}/jwks`,
          id_token_signing_alg_values_supported: ["RS256", "HS256", "none"],
        });
      case "/jwks":
        return json({ keys: [jwk] });
      case "/token": {
        const code = new URLSearchParams(await text(request)).get("code") ?? "";
        const granted = codes.get(code);
        codes.delete(code);
        if (!granted) return json({ error: "invalid_grant" }, 400);
        const idToken = await issue(granted);
        return json({
          access_token: granted.sub,
          token_type: "Bearer",
          ...(idToken === null ? {} : { id_token: idToken }),
        });
      }
      case "/userinfo": {
        const own = request.headers.authorization?.slice("Bearer ".length);
        return json({ sub: state.forgery.userInfoSubject ?? own, name: "Mallory" });
      }
      default:
        return json({ error: "not_found" }, 404);
    }
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  async function issue({ nonce, sub }: { nonce: string | null; sub: string }) {
    const nowS = Math.floor(Date.now() / 1_000);
    const draft: Draft = {
      header: { alg: "RS256", kid: "one" },
      claims: {
        iss: issuer,
        sub,
        aud: CLIENT.id,
        iat: nowS,
        exp: nowS + 300,
        ...(nonce === null ? {} : { nonce }),
      },
      key: "provider",
    };
    const made = state.forgery.idToken ? state.forgery.idToken(draft) : draft;
    if (made === null) return null;
    if (made.key === "none") return new UnsecuredJWT(made.claims).encode();
    const keys = {
      provider: provider.privateKey,
      another: another.privateKey,
      "client secret": new TextEncoder().encode(CLIENT.secret),
    };
    return new SignJWT(made.claims).setProtectedHeader(made.header).sign(keys[made.key]);
  }

  return {
    environment: {
      OIDC_ISSUER: issuer,
      OIDC_CLIENT_ID: CLIENT.id,
      OIDC_CLIENT_SECRET: CLIENT.secret,
    },
    issuer,
    forge: (forgery: Forgery) => {
      state.issued += 1;
      state.subject = `forged-${state.issued}`;
      state.forgery = forgery;
      return state.subject;
    },
    /** What the authorization endpoint would send the browser back with. */
    authorize: (authorizationUrl: string) => {
      const asked = new URL(authorizationUrl).searchParams;
      const code = `code-${codes.size}-${Math.random()}`;
      codes.set(code, { nonce: asked.get("nonce"), sub: state.subject });
      return { code, state: asked.get("state") ?? "", asked };
    },
    stop: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

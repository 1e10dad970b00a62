import { readFileSync } from "node:fs";
import type { APIResponse } from "@playwright/test";
import { expect, test } from "./fixtures";
import { rawRequest } from "./raw-request";
import { TOKENS } from "./tokens";

const STATIC = ["/_global-error", "/_not-found", "/icon.svg"];

function expectGuarded(answer: APIResponse): void {
  const headers = answer.headers();
  expect([answer.url(), headers]).toEqual([
    answer.url(),
    expect.objectContaining({
      "cache-control": expect.stringContaining("no-store"),
      "x-content-type-options": "nosniff",
      "x-frame-options": "DENY",
      "referrer-policy": "same-origin",
      "cross-origin-opener-policy": "same-origin",
      "x-request-id": expect.stringMatching(/./),
    }),
  ]);
  expect(headers).not.toHaveProperty("x-powered-by");
}

test("every page of a signed-in user is uncacheable, framed by nobody, and runs only scripts with its nonce", async ({
  asAdmin,
  token,
}) => {
  const admin = await asAdmin();
  const { name } = await token(admin);
  const paths = [
    "/tokens",
    `/tokens/${name}`,
    "/admin/tokens",
    "/tokens/token-none",
    "/no-such-page",
  ];
  const nonces = new Set<string>();
  for (const path of paths) {
    const answer = await admin.context.request.get(path);
    expectGuarded(answer);
    const policy = answer.headers()["content-security-policy"] ?? "";
    const nonce = /script-src 'self' 'nonce-([^']+)' 'strict-dynamic'/.exec(policy)?.[1] ?? "";
    nonces.add(nonce);
    for (const part of [
      "default-src 'none'",
      "object-src 'none'",
      "base-uri 'none'",
      "frame-ancestors 'none'",
    ]) {
      expect(policy).toContain(part);
    }
    expect(policy).not.toMatch(/unsafe|\*/);
    const html = await answer.text();
    const scripts = html.match(/<script\b[^>]*>/g) ?? [];
    expect(scripts.length).toBeGreaterThan(0);
    expect(scripts.filter((tag) => !tag.includes(`nonce="${nonce}"`))).toEqual([]);
  }
  expect(nonces.size).toBe(paths.length);
});

test("page data, server actions, redirects and the API are uncacheable, too", async ({
  asUser,
}) => {
  const { context, program } = await asUser();
  const client = context.request;
  const answers = [
    await client.get("/tokens?_rsc=1", { headers: { RSC: "1" } }),
    await client.get("/tokens?_rsc=1", { headers: { RSC: "1", "Next-Router-Prefetch": "1" } }),
    await client.get("/sign-in", { maxRedirects: 0 }),
    await client.get("/api/auth/session"),
    await client.get("/api/auth/csrf"),
    await client.post("/sign-out", { headers: { Origin: "https://evil.test" } }),
    await program.get(TOKENS),
    await program.get(`${TOKENS}/token-none`),
    await program.get("/apis/nothing"),
    await client.get(TOKENS),
    await program.post(TOKENS, { data: { spec: {} } }),
  ];
  for (const answer of answers) expectGuarded(answer);
});

test("no disguise of an address shows a page to somebody without a sign-in", async ({
  request,
  baseURL,
  asUser,
  token,
}) => {
  const owner = await asUser();
  const { name } = await token(owner, { description: "for my eyes" });
  const disguises: [string, Record<string, string>][] = [
    [`/tokens/${name}.rsc`, {}],
    [`/tokens/${name}?_rsc=1`, { RSC: "1" }],
    [`/tokens/${name}.segments/_tree.segment.rsc`, {}],
    [`/tokens/${name}`, { RSC: "1", "Next-Router-Prefetch": "1" }],
    [`/tokens/${name}`, { RSC: "1", "Next-Router-Segment-Prefetch": "/_tree" }],
    [`/tokens/${name}/`, {}],
    [`//tokens/${name}`, {}],
    [`/%74okens/${name}`, {}],
    [`/tokens;x/${name}`, {}],
    [`/TOKENS/${name}`, {}],
    [`/tokens/%2e/${name}`, {}],
    ["/tokens", { "x-middleware-subrequest": "proxy:proxy:proxy:proxy:proxy" }],
    ["/tokens", { "x-latchkey-path": "/x", "x-nonce": "x" }],
    ["/_next/data/build/tokens.json", {}],
  ];
  for (const [path, headers] of disguises) {
    const answer = await request.get(`${baseURL}${path}`, { headers, maxRedirects: 0 });
    const body = await answer.text();
    expect([
      path,
      answer.status() < 500,
      body.includes("for my eyes"),
      body.includes(owner.username),
    ]).toEqual([path, true, false, false]);
  }
});

test("nothing but the product is served", async ({ request }) => {
  for (const path of [
    "/.env",
    "/.git/config",
    "/package.json",
    "/_next/static/../server/app/page.js",
    "/server.ts",
    "/_next/image?url=%2Ficon.svg&w=64&q=75",
    "/_next/static/chunks/main.js.map",
  ]) {
    const answer = await request.get(path, { maxRedirects: 0 });
    expect([path, answer.status() === 404 || answer.status() === 400]).toEqual([path, true]);
  }
});

test("no map of a script is served, and TRACE repeats nothing", async ({ request, baseURL }) => {
  const html = await (await request.get("/sign-in")).text();
  const assets = [...new Set(html.match(/\/_next\/static\/[^"'\\ ]+?\.(js|css)/g))];
  expect(assets.length).toBeGreaterThan(3);
  for (const asset of assets) {
    const served = await request.get(asset);
    expect([asset, served.status()]).toEqual([asset, 200]);
    expect([asset, (await served.text()).includes("sourceMappingURL")]).toEqual([asset, false]);
    expect([asset, (await request.get(`${asset}.map`)).status()]).toEqual([asset, 404]);
  }
  for (const path of ["/", "/sign-in", TOKENS, "/verify", "/healthz"]) {
    const headers = { Cookie: "canary=1", "X-Canary": "canary" };
    const answer = await rawRequest(`${baseURL}${path}`, { method: "TRACE", headers });
    expect([path, answer.status >= 400 && answer.status < 500]).toEqual([path, true]);
    expect(JSON.stringify(answer)).not.toContain("canary");
  }
});

test("no page is built before it is asked for, but for those that say that there is none", () => {
  const { routes } = JSON.parse(readFileSync(".next/prerender-manifest.json", "utf8"));
  expect(Object.keys(routes).filter((path) => !STATIC.includes(path))).toEqual([]);
});

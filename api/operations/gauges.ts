import { Counter, collectDefaultMetrics, Gauge } from "prom-client";
import { credentialCacheCounts } from "@/domain/tokens/credential-cache";
import { passwordHashCounts } from "@/domain/users/password";
import { signInCounts } from "@/domain/users/sign-in-counts";
import { tokenCounts, vitalSigns } from "@/domain/vital-signs";
import { registry } from "./count";

collectDefaultMetrics({ register: registry });

const registers = [registry];

new Gauge({
  name: "latchkey_tokens",
  help: "Stored tokens by state, counted at most every 30 seconds.",
  labelNames: ["state"],
  registers,
  async collect() {
    for (const [state, count] of Object.entries((await tokenCounts()) ?? {})) {
      this.set({ state }, count);
    }
  },
});

new Gauge({
  name: "latchkey_database_connections",
  help: "Connections to the database: free, busy, and requests that wait for one.",
  labelNames: ["state"],
  registers,
  collect() {
    const { free, busy, waiting } = vitalSigns().pool;
    this.set({ state: "free" }, free);
    this.set({ state: "busy" }, busy);
    this.set({ state: "waiting" }, waiting);
  },
});

new Gauge({
  name: "latchkey_change_feed_up",
  help: "1 while every committed change is heard of in time; else every check asks the database.",
  registers,
  collect() {
    this.set(vitalSigns().feed.isCurrent ? 1 : 0);
  },
});

new Gauge({
  name: "latchkey_change_feed_lag_seconds",
  help: "How long the last heartbeat took through the database and back.",
  registers,
  collect() {
    this.set(vitalSigns().feed.lagMs / 1_000);
  },
});

new Counter({
  name: "latchkey_check_cache_total",
  help: "Checks by how the cache answered: hit, miss, joined another's query, or bypass.",
  labelNames: ["result"],
  registers,
  collect() {
    this.reset();
    for (const [result, count] of Object.entries(credentialCacheCounts())) {
      this.inc({ result }, count);
    }
  },
});

new Counter({
  name: "latchkey_sign_ins_total",
  help: "Sign-ins with a password, of people and programs, by outcome.",
  labelNames: ["outcome"],
  registers,
  collect() {
    this.reset();
    for (const [outcome, count] of Object.entries(signInCounts())) this.inc({ outcome }, count);
  },
});

new Counter({
  name: "latchkey_password_hashes_total",
  help: "Computations of argon2id, the dearest step of a sign-in: to check a password or to store one.",
  labelNames: ["purpose"],
  registers,
  collect() {
    this.reset();
    for (const [purpose, count] of Object.entries(passwordHashCounts())) {
      this.inc({ purpose }, count);
    }
  },
});

/** The metrics in Prometheus' text format. */
export async function exposeMetrics(): Promise<{ contentType: string; text: string }> {
  return { contentType: registry.contentType, text: await registry.metrics() };
}

import { spawn } from "node:child_process";
import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { Kubectl } from "./kubectls";
import type { Address } from "./latchkey";

export interface Outcome {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** Runs a command line in a shell of its own where kubectl is that kubectl and signed in. */
export type Shell = (command: string, environment?: Record<string, string>) => Promise<Outcome>;

/** A shell with a home and a kubeconfig in this folder; `kubectl` in it presents the bearer token. */
export function openShell(
  folder: string,
  { kubectl, latchkey, bearer }: { kubectl: Kubectl; latchkey: Address; bearer: string },
): Shell {
  const bin = path.join(folder, "bin");
  mkdirSync(bin, { recursive: true });
  symlinkSync(kubectl.file, path.join(bin, "kubectl"));
  const kubeconfig = path.join(folder, "kubeconfig");
  writeFileSync(kubeconfig, JSON.stringify(toKubeconfig(latchkey, bearer)));
  return (command, more = {}) => {
    const PATH = `${bin}${path.delimiter}${process.env.PATH}`;
    const env = { PATH, HOME: folder, KUBECONFIG: kubeconfig, NODE_ENV: "test", ...more } as const;
    return run(command, env);
  };
}

function toKubeconfig({ secureUrl, caFile }: Address, token: string) {
  const cluster = { server: secureUrl, "certificate-authority": caFile };
  return {
    apiVersion: "v1",
    kind: "Config",
    clusters: [{ name: "latchkey", cluster }],
    users: [{ name: "me", user: { token } }],
    contexts: [{ name: "latchkey", context: { cluster: "latchkey", user: "me" } }],
    "current-context": "latchkey",
  };
}

function run(command: string, env: NodeJS.ProcessEnv): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const child = spawn("bash", ["-c", command], { env, stdio: ["ignore", "pipe", "pipe"] });
    const outcome: Outcome = { code: null, stdout: "", stderr: "" };
    for (const stream of ["stdout", "stderr"] as const) {
      child[stream].setEncoding("utf8").on("data", (chunk: string) => {
        outcome[stream] += chunk;
      });
    }
    child.once("error", reject);
    child.once("close", (code) => resolve({ ...outcome, code }));
  });
}

import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";

const MINUTE_MS = 60_000;

/**
 * The scanners, each bounded in time. `run` gets the address of a running Latchkey, an administrator's
 * Cookie and Authorization, and a folder for its files; it gives a list of findings, empty where it
 * found nothing, and what it did in a few words.
 */
export const SCANNERS = {
  "testssl.sh": {
    package: "testssl.sh",
    program: "testssl",
    promise: "No protocol, cipher or flaw of TLS that testssl.sh rates HIGH or CRITICAL",
    run: scanTls,
  },
  ffuf: {
    package: "ffuf",
    program: "ffuf",
    words: "dirb",
    promise: "No address of a list of common ones answers that is not in the product's manifest",
    run: scanAddresses,
  },
  sqlmap: {
    package: "sqlmap",
    program: "sqlmap",
    promise: "sqlmap finds no parameter of the lists, the export and the API to inject into",
    run: scanParameters,
  },
  wapiti: {
    package: "wapiti",
    program: "wapiti",
    promise: "wapiti finds no weakness from outside or signed in as an administrator",
    run: scanPages,
  },
  slowhttptest: {
    package: "slowhttptest",
    program: "slowhttptest",
    promise: "1,000 slow connections of three kinds keep nobody else from being answered",
    run: scanSlowly,
  },
};

async function scanTls({ secureUrl, folder }) {
  const file = path.join(folder, "testssl.json");
  const options = ["--quiet", "--color", "0", "--warnings", "off", "--jsonfile", file];
  const asked = ["--protocols", "--std", "--fs", "--server-defaults", "--headers", "--vulnerable"];
  await execute("testssl", [...options, ...asked, "--nodns", "min", secureUrl], 15);
  const all = JSON.parse(readFileSync(file, "utf8"));
  const bad = all.filter(({ severity }) => ["HIGH", "CRITICAL", "FATAL"].includes(severity));
  const findings = bad.map(({ id, finding }) => `${id}: ${finding}`);
  return { findings, did: `${all.length} questions` };
}

async function scanAddresses({ url, folder, words, known }) {
  const file = path.join(folder, "ffuf.json");
  const options = ["-s", "-t", "8", "-mc", "all", "-fc", "404", "-o", file, "-of", "json"];
  await execute("ffuf", [...options, "-w", words, "-u", `${url}/FUZZ`], 8);
  const { results } = JSON.parse(readFileSync(file, "utf8"));
  const strange = results.filter(({ input, status }) => !known(`/${input.FUZZ}`, status));
  const count = readFileSync(words, "utf8").split("\n").length;
  const findings = strange.map(({ input, status }) => `/${input.FUZZ} answers ${status}`);
  return { findings, did: `${count} addresses, of which ${results.length} answer` };
}

async function scanParameters({ url, cookie, authorization, folder }) {
  const tokens = "/apis/ext.cattle.io/v1/tokens";
  const targets = [
    ["/admin/tokens?q=a*&sort=created*&owner=ada*&state=active*&used=90d*", `Cookie: ${cookie}`],
    ["/admin/audit?actor=ada*&action=token.create*&since=7d*", `Cookie: ${cookie}`],
    [`${tokens}?labelSelector=a%3Db*&limit=1*&fieldSelector=metadata.name%3Da*`, authorization],
    [`${tokens}/token-bcdfg*`, authorization],
  ];
  const findings = [];
  for (const [at, [target, header]] of targets.entries()) {
    const options = ["--batch", "--level=1", "--risk=1", "--threads=2", "--flush-session"];
    const where = ["--output-dir", path.join(folder, `sqlmap-${at}`), "--ignore-code=400,404"];
    const output = await execute(
      "sqlmap",
      [...options, "--dbms=PostgreSQL", ...where, "-u", url + target, "-H", header],
      6,
    );
    const isClean = /do not appear to be injectable/.test(output);
    if (!isClean || /is vulnerable|injection point/.test(output)) {
      findings.push(`${target}: ${output.trim().split("\n").slice(-4).join(" ")}`);
    }
  }
  return { findings, did: `${targets.length} addresses with all their parameters` };
}

async function scanPages({ url, cookie, folder }) {
  const findings = [];
  const did = [];
  for (const [as, header] of [["a stranger"], ["an administrator", `Cookie: ${cookie}`]]) {
    const file = path.join(folder, `wapiti-${as.split(" ")[1]}.json`);
    const options = ["--flush-session", "-f", "json", "-o", file, "--max-scan-time", "60"];
    const bounds = ["--scope", "domain", "-d", "3", "--max-links-per-page", "10", "-S", "sneaky"];
    // Two of those left out ask a server of wapiti's own for what it heard.
    const modules = ["-m", "all,-buster,-nikto,-wapp,-shellshock,-ssrf,-xxe"];
    const headers = header ? ["-H", header] : [];
    const all = [...options, ...bounds, "--max-attack-time", "30", ...modules, ...headers];
    const output = await execute("wapiti", ["-u", `${url}/`, ...all], 10);
    if (!existsSync(file)) throw new Error("wapiti wrote no report");
    if (header && !(await isSignedIn(url, cookie))) throw new Error("wapiti signed itself out");
    const { vulnerabilities, anomalies } = JSON.parse(readFileSync(file, "utf8"));
    for (const [kind, found] of Object.entries({ ...vulnerabilities, ...anomalies })) {
      for (const { method, path: where, info } of found) {
        findings.push(`${kind} (as ${as}): ${method} ${where}: ${info}`);
      }
    }
    const [, found = "no"] = /found (\d+) URLs and forms/.exec(output) ?? [];
    did.push(`${found} addresses and forms as ${as}`);
  }
  return { findings, did: did.join(", ") };
}

// What it did after it had left would have been done as a stranger.
async function isSignedIn(url, cookie) {
  const { status } = await fetch(`${url}/tokens`, { headers: { cookie }, redirect: "manual" });
  return status === 200;
}

async function scanSlowly({ url, check }) {
  const findings = [];
  const slow = { headers: ["-H"], bodies: ["-B"], reads: ["-X"] };
  let worstMs = 0;
  let asked = 0;
  for (const [kind, mode] of Object.entries(slow)) {
    const rest = ["-c", "1000", "-r", "200", "-i", "5", "-l", "25", "-p", "3", "-u", `${url}/`];
    const attack = execute("slowhttptest", [...mode, ...rest], 2);
    let isOver = false;
    attack.finally(() => {
      isOver = true;
    });
    while (!isOver) {
      const { status, ms } = await check();
      asked += 1;
      worstMs = Math.max(worstMs, ms);
      if (status !== 200) findings.push(`a check was answered ${status} during slow ${kind}`);
    }
    await attack;
  }
  return { findings, did: `${asked} checks, the slowest in ${Math.round(worstMs)} ms` };
}

/** Gives all that a program printed; throws after so many minutes. Its exit code says little. */
async function execute(program, args, minutesMax) {
  const child = spawn(program, args, { stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text) => {
      output += text;
    });
  }
  let isLate = false;
  const timer = setTimeout(() => {
    isLate = true;
    child.kill("SIGTERM");
  }, minutesMax * MINUTE_MS);
  await once(child, "close");
  clearTimeout(timer);
  if (isLate) throw new Error(`${program} was not done after ${minutesMax} minutes`);
  return output;
}

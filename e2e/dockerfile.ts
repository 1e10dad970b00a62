import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { cp, mkdir, stat } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";

/** What a Dockerfile makes, in a folder instead of a container. */
export interface Image {
  /** Where its command runs. */
  workDir: string;
  environment: Record<string, string>;
  user: string;
  command: string[];
}

interface Stage extends Image {
  root: string;
}

/** How the commands of RUN are done here, by their words; every other one is run as it is. */
export type Stand = (workDir: string) => Promise<void>;

// What the signs of .dockerignore are in a regular expression.
const SIGNS: Record<string, string> = { "**/": "(.*/)?", "*": "[^/]*", ".": "\\." };

const execute = promisify(execFile);

/** Follows a Dockerfile step by step; throws at a step that it does not know. */
export async function followDockerfile(
  file: string,
  { into, stands }: { into: string; stands: Record<string, Stand> },
): Promise<Image> {
  const stages = new Map<string, Stage>();
  let stage: Stage | undefined;
  for (const [word, rest] of readSteps(file)) {
    if (word === "FROM") {
      const root = path.join(into, String(stages.size));
      stage = { root, workDir: root, environment: {}, user: "root", command: [] };
      await mkdir(root, { recursive: true });
      stages.set(/ AS (\S+)$/i.exec(rest)?.[1] ?? String(stages.size), stage);
    } else if (stage) await take(stage, word, { rest, stages, stands });
  }
  if (!stage) throw new Error(`${file} makes nothing`);
  return stage;
}

function readSteps(file: string): [word: string, rest: string][] {
  const lines = readFileSync(file, "utf8")
    .replaceAll(/^#.*\n/gm, "")
    .replaceAll(/\\\n\s*/g, "");
  return lines
    .split("\n")
    .filter((line) => line.trim() !== "")
    .map((line) => [line.split(" ", 1)[0] ?? "", line.slice(line.indexOf(" ") + 1).trim()]);
}

async function take(
  stage: Stage,
  word: string,
  {
    rest,
    stages,
    stands,
  }: { rest: string; stages: Map<string, Stage>; stands: Record<string, Stand> },
): Promise<void> {
  switch (word) {
    case "WORKDIR":
      stage.workDir = path.join(stage.root, rest);
      await mkdir(stage.workDir, { recursive: true });
      return;
    case "ENV":
      for (const pair of rest.split(" ")) {
        const [name = "", value = ""] = pair.split("=", 2);
        stage.environment[name] = value;
      }
      return;
    case "RUN":
      for (const command of rest.split(" && ")) {
        const stand = stands[command];
        if (stand) await stand(stage.workDir);
        else await execute("sh", ["-c", command], { cwd: stage.workDir });
      }
      return;
    case "COPY":
      return copy(stage, rest.split(" "), stages);
    case "USER":
      stage.user = rest;
      return;
    case "CMD":
      stage.command = JSON.parse(rest);
      return;
    case "EXPOSE":
    case "HEALTHCHECK":
      return;
    default:
      throw new Error(`nobody knows here what ${word} does`);
  }
}

async function copy(stage: Stage, words: string[], stages: Map<string, Stage>): Promise<void> {
  const from = words[0]?.startsWith("--from=") ? words.shift()?.slice("--from=".length) : undefined;
  const to = path.resolve(stage.workDir, words.pop() ?? "");
  await mkdir(to, { recursive: true });
  if (from === undefined) {
    for (const word of words) await copyFromHere(word, to);
    return;
  }
  const other = stages.get(from);
  if (!other) throw new Error(`there is no stage ${from}`);
  for (const word of words) {
    const source = path.join(other.root, word);
    // Of a folder what is in it. Linked: nobody changes it after the first stage.
    const wanted = (await stat(source)).isDirectory() ? `${source}/.` : source;
    await execute("cp", ["-al", wanted, to]);
  }
}

async function copyFromHere(word: string, to: string): Promise<void> {
  const ignored = readIgnored();
  const isFolder = (await stat(word)).isDirectory();
  await cp(word, isFolder ? to : path.join(to, path.basename(word)), {
    recursive: true,
    filter: (file) => !ignored.some((pattern) => pattern.test(path.relative(".", file))),
  });
}

function readIgnored(): RegExp[] {
  const lines = readFileSync(".dockerignore", "utf8").split("\n").filter(Boolean);
  if (lines.some((line) => /[!?[\\#]/.test(line)))
    throw new Error(".dockerignore is not understood");
  return lines.map((line) => {
    const pattern = line.replaceAll(/\*\*\/|[*.]/g, (sign) => SIGNS[sign] ?? sign);
    return new RegExp(`^${pattern}$`);
  });
}

import { connect as connectSocket, Socket } from "node:net";
import postgres from "postgres";

type Options = postgres.Options<Record<string, postgres.PostgresType>>;

const LOOK_SECONDS = 2;
const LOOK_MS_MAX = 2_500;

const looks = new Map<string, Promise<string | undefined>>();

/**
 * A client of the database at this address. Where the address names several servers, as in
 * `postgres://…@one:5432,other:5432/latchkey`, each connection leads to the one that takes changes.
 */
export function connectTo(url: string, options: Options): postgres.Sql {
  const servers = serversOf(url);
  const [first = url] = servers;
  if (servers.length < 2) return postgres(first, options);
  // The driver's own choice takes a standby for one that takes changes: that calls itself read-write.
  return postgres(first, { ...options, ...{ socket: () => reachPrimary(servers) } });
}

/** The address of each server that this one names. */
export function serversOf(url: string): string[] {
  const [, login = "", hosts = "", rest = ""] =
    /^(\w+:\/\/(?:[^@/?]*@)?)([^/?]*)(.*)$/.exec(url) ?? [];
  const [path = "", query = ""] = rest.split("?");
  const wishes = new URLSearchParams(query);
  // Always the one that takes changes.
  wishes.delete("target_session_attrs");
  const end = wishes.size > 0 ? `${path}?${wishes}` : path;
  return hosts.split(",").map((host) => `${login}${host}${end}`);
}

async function reachPrimary(servers: readonly string[]): Promise<Socket> {
  const key = servers.join(" ");
  const look = looks.get(key) ?? findPrimary(servers).finally(() => looks.delete(key));
  looks.set(key, look);
  const found = await look;
  if (!found) return unreachable();
  const { hostname, port } = new URL(found);
  const host = hostname.replace(/^\[(.*)\]$/, "$1");
  const socket = connectSocket({ host, port: Number(port || 5_432) });
  // By this name the driver checks a certificate.
  return Object.assign(socket, { host });
}

async function findPrimary(servers: readonly string[]): Promise<string | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const deadline = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), LOOK_MS_MAX);
  });
  const clients = servers.map((server) =>
    postgres(server, {
      max: 1,
      connect_timeout: LOOK_SECONDS,
      fetch_types: false,
      onnotice: () => undefined,
      connection: { application_name: "latchkey look" },
    }),
  );
  const asked = clients.map(async (client, at) => {
    const [row] = await client.unsafe("select pg_is_in_recovery() as follows");
    if (row?.follows !== false) throw new Error("a standby");
    return servers[at];
  });
  try {
    return await Promise.race([Promise.any(asked), deadline]);
  } catch {
    return undefined;
  } finally {
    clearTimeout(timer);
    for (const client of clients) client.end({ timeout: 0 }).catch(() => undefined);
  }
}

// The driver knows of sockets that fail, and not of none.
function unreachable(): Socket {
  const socket = new Socket();
  const error = Object.assign(new Error("no server takes changes"), { code: "ECONNREFUSED" });
  setImmediate(() => socket.destroy(error));
  return socket;
}

import { once } from "node:events";
import { type AddressInfo, createServer, type Socket, connect as toServer } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";

/** What happens from now on to all that passes. */
interface Faults {
  /** How long what the database says is under way in addition. */
  delayMs: number;
  /** Of what the database says, this share ends its connection instead. */
  cutShare: number;
  /** Nothing passes, in no direction, and nobody is told: new connections are taken and silent. */
  isSilent: boolean;
  /** New connections are refused. */
  isClosed: boolean;
  /** Whatever asks in these words never arrives, and its connection ends. */
  losesRequests: RegExp | undefined;
  /** Whatever asks in these words is asked, and the answer ends the connection instead. */
  losesAnswersTo: RegExp | undefined;
}

/** A way to the database that can be made as bad as a network. */
export interface FaultProxy {
  /** The address of the database by this way. */
  url: string;
  /** Set what is to go wrong; what is not named goes well again. */
  set: (faults: Partial<Faults>) => void;
  /** Ends every connection. */
  cut: () => void;
  /** Leaves every connection open for ever without a word, as a router that forgot it does. */
  abandon: () => void;
  /** How many requests and answers were lost by their words. */
  losses: () => number;
  /** Leads to another address of the database, for connections to come. */
  leadTo: (databaseUrl: string) => void;
  close: () => Promise<void>;
}

interface Link {
  near: Socket;
  far: Socket;
  isAbandoned: boolean;
  /** Something that passed by it never arrived, so it cannot go on. */
  hasGap: boolean;
  losesNext: boolean;
}

const NONE: Faults = {
  delayMs: 0,
  cutShare: 0,
  isSilent: false,
  isClosed: false,
  losesRequests: undefined,
  losesAnswersTo: undefined,
};

/** Listens on loopback for connections to the database of that address. */
export async function startFaultProxy(
  databaseUrl: string,
  random: () => number,
): Promise<FaultProxy> {
  const links = new Set<Link>();
  let faults = NONE;
  let target = new URL(databaseUrl);
  let lost = 0;

  const server = createServer((near) => {
    if (faults.isClosed) return void near.resetAndDestroy();
    const far = toServer({ host: target.hostname, port: Number(target.port) });
    const link: Link = { near, far, isAbandoned: false, hasGap: false, losesNext: false };
    links.add(link);
    near.setNoDelay(true);
    far.setNoDelay(true);
    near.on("data", (chunk) => {
      if (isSilent(link)) return swallow(link);
      const words = chunk.toString("latin1");
      if (faults.losesRequests?.test(words)) return lose(link);
      if (faults.losesAnswersTo?.test(words)) link.losesNext = true;
      far.write(chunk);
    });
    let passed = Promise.resolve();
    far.on("data", (chunk) => {
      if (isSilent(link)) return swallow(link);
      if (link.losesNext) return lose(link);
      if (random() < faults.cutShare) return end(link);
      const dueMs = performance.now() + faults.delayMs;
      passed = passed.then(async () => {
        const waitMs = dueMs - performance.now();
        if (waitMs > 0) await sleep(waitMs);
        if (isSilent(link)) swallow(link);
        else near.write(chunk);
      });
    });
    for (const socket of [near, far]) {
      // An end is told by "close".
      socket.on("error", () => undefined);
      socket.on("close", () => (isSilent(link) ? swallow(link) : end(link)));
    }
  });
  const isSilent = (link: Link) => faults.isSilent || link.isAbandoned;
  const swallow = (link: Link) => {
    link.hasGap = true;
  };
  const end = (link: Link) => {
    links.delete(link);
    link.near.destroy();
    link.far.destroy();
  };
  const lose = (link: Link) => {
    lost += 1;
    end(link);
  };
  const cut = () => links.forEach(end);

  await once(server.listen(0, "127.0.0.1"), "listening");
  const url = new URL(databaseUrl);
  url.host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url: url.href,
    set: (wanted) => {
      faults = { ...NONE, ...wanted };
      if (faults.isSilent) return;
      for (const link of links) if (link.hasGap && !link.isAbandoned) end(link);
    },
    cut,
    abandon: () => {
      for (const link of links) {
        // Those of the last time were found dead by now.
        if (link.isAbandoned) end(link);
        link.isAbandoned = true;
      }
    },
    losses: () => lost,
    leadTo: (newUrl) => {
      target = new URL(newUrl);
    },
    close: async () => {
      server.close();
      cut();
      await once(server, "close");
    },
  };
}

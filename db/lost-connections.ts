import type postgres from "postgres";
import { isConnectionLoss, isGivenUp } from "./errors";

type Begin = (work: (tx: postgres.TransactionSql) => unknown) => Promise<unknown>;

const never = new Promise<never>(() => undefined);

/**
 * Makes a transaction end with its connection. The driver itself fails it then, but goes on to write
 * to a socket that is gone whatever it is asked of it afterwards, a rollback above all: that is an
 * uncaught exception. So nothing is asked any more.
 */
export function endTransactionsWithConnections(client: postgres.Sql): void {
  const begin = client.begin.bind(client) as Begin;
  const guarded: Begin = (work) => {
    let isLost = false;
    const done = begin(async (tx) => {
      const result = await Promise.resolve(work(untilLost(tx, () => isLost))).catch((error) => {
        if (isLost || (isConnectionLoss(error) && !isGivenUp(error))) return never;
        throw error;
      });
      return isLost ? never : result;
    });
    done.catch(() => {
      isLost = true;
    });
    return done;
  };
  Object.assign(client, { begin: guarded });
}

function untilLost(tx: postgres.TransactionSql, isLost: () => boolean): postgres.TransactionSql {
  const unsafe: postgres.TransactionSql["unsafe"] = (...given) =>
    isLost() ? (Object.assign(never, { values: () => never }) as never) : tx.unsafe(...given);
  return new Proxy(tx, {
    get: (target, name) => (name === "unsafe" ? unsafe : Reflect.get(target, name)),
  });
}

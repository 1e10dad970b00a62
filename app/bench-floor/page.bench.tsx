import { connection } from "next/server";

/** The least that Next can do for a request: what the console's pages are measured against. */
export default async function BenchFloorPage() {
  await connection();
  return <p>Nothing</p>;
}

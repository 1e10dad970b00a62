import { connection } from "next/server";

/** The least that a dynamic page costs: what bench/console.mjs compares the token list with. */
export default async function BenchFloorPage() {
  await connection();
  return null;
}

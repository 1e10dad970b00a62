import type { Metadata } from "next";
import { TokenList } from "../token-list";

export const metadata: Metadata = { title: "Tokens" };

export default function TokensPage({ searchParams }: PageProps<"/tokens">) {
  return <TokenList title="Tokens" path="/tokens" scope="own" searchParams={searchParams} />;
}

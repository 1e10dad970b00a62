import type { Metadata } from "next";
import { TokenList } from "../../token-list";

export const metadata: Metadata = { title: "All tokens" };

export default function AdminTokensPage({ searchParams }: PageProps<"/admin/tokens">) {
  return (
    <TokenList title="All tokens" path="/admin/tokens" scope="all" searchParams={searchParams} />
  );
}

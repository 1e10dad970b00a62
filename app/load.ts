import { notFound } from "next/navigation";
import { toDomainError } from "@/domain/errors";

/** Reads for a page: what is missing is the not-found page, an outage is null, never an empty list. */
export async function load<T>(read: () => Promise<T>): Promise<T | null> {
  try {
    return await read();
  } catch (error) {
    const code = toDomainError(error)?.code;
    if (code === "notFound") notFound();
    if (code === "unavailable") return null;
    throw error;
  }
}

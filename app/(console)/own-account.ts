import { cache } from "react";
import { getOwnAccount } from "@/domain/users/account";

/** The actor's own account, read once for each request. */
export const ownAccount = cache(getOwnAccount);

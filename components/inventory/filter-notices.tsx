import type { FilterNotice } from "@/domain/tokens/filter";
import { Notice } from "../ui/notice";

/** What of the address was left out of the list. */
export function FilterNotices({ notices }: { notices: readonly FilterNotice[] }) {
  if (notices.length === 0) return null;
  return (
    <Notice tone="warning">
      <ul className="grid gap-1">
        {notices.map(({ parameter, message }) => (
          <li key={`${parameter} ${message}`} className="wrap-anywhere">
            {message}
          </li>
        ))}
      </ul>
    </Notice>
  );
}

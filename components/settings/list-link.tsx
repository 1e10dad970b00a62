import { Download } from "lucide-react";

interface ListLinkProps {
  name: string;
  /** The value whose effect is listed; without it, what was shortened. */
  value?: string;
  children?: string;
}

/** A link to the list behind a count, as a file. */
export function ListLink({ name, value, children = "Download the list" }: ListLinkProps) {
  const href =
    value === undefined
      ? `/admin/settings/${name}/shortened`
      : `/admin/settings/${name}/affected?value=${encodeURIComponent(value)}`;
  return (
    <a
      href={href}
      download
      className="whitespace-nowrap rounded-sm text-accent underline underline-offset-4"
    >
      <Download aria-hidden className="mr-1 inline size-3.5 align-[-0.125em]" />
      {children}
    </a>
  );
}

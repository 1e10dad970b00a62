/** The mark and name of the product. */
export function Brand() {
  return (
    <span className="inline-flex items-center gap-2 font-semibold tracking-tight">
      <svg viewBox="0 0 32 32" aria-hidden className="size-6">
        <rect width="32" height="32" rx="8" className="fill-accent" />
        <g
          fill="none"
          strokeWidth="2.6"
          strokeLinecap="round"
          strokeLinejoin="round"
          className="stroke-on-accent"
        >
          <circle cx="11.5" cy="16" r="4.5" />
          <path d="M16 16h10M22 16v4.2M26 16v3" />
        </g>
      </svg>
      Latchkey
    </span>
  );
}

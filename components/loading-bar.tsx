/** Runs along the upper edge of what is being fetched anew. */
export function LoadingBar() {
  return (
    <div className="absolute inset-x-0 top-0 h-0.5 overflow-hidden rounded-t-lg">
      <div className="h-full w-1/4 animate-sweep bg-accent" />
    </div>
  );
}

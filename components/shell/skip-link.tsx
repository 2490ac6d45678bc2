/** First stop of the Tab key. */
export function SkipLink() {
  return (
    <a
      href="#main"
      data-print="hide"
      className="fixed top-2 left-2 z-60 -translate-y-16 rounded-control bg-accent px-4 py-2.5 font-medium text-on-accent focus-visible:translate-y-0"
    >
      Skip to content
    </a>
  );
}

"use client";

import { type ReactNode, useEffect, useRef, useState } from "react";

const NEAR = "200px";

/** Renders its children once they come near the screen: for heavy things far down a page. */
export function WhenSeen({ className, children }: { /** Keeps their place until then. */ className?: string; children: ReactNode }) {
  const place = useRef<HTMLDivElement>(null);
  const [seen, setSeen] = useState(false);
  useEffect(() => {
    if (!place.current) return;
    const observer = new IntersectionObserver(([entry]) => entry?.isIntersecting && setSeen(true), { rootMargin: NEAR });
    observer.observe(place.current);
    return () => observer.disconnect();
  }, []);
  return (
    <div ref={place} className={className}>
      {seen ? children : null}
    </div>
  );
}

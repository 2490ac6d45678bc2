import { cn } from "@/components/ui/cn";

/** The milk bottle on its tile. Decorative; the name stands beside it or on the link around it. */
export function LogoMark({ className }: { className?: string }) {
  return (
    <svg viewBox="0 0 32 32" fill="none" aria-hidden className={cn("size-7 shrink-0", className)}>
      <rect width="32" height="32" rx="8.5" className="fill-accent" />
      <g className="stroke-on-accent" strokeWidth="1.9" strokeLinecap="round" strokeLinejoin="round">
        <path d="M12.5 7h7M13.4 7v2.9a5 5 0 0 1-.8 2.7l-.5.8a5 5 0 0 0-.8 2.8V23a2 2 0 0 0 2 2h5.4a2 2 0 0 0 2-2v-6.8a5 5 0 0 0-.8-2.8l-.5-.8a5 5 0 0 1-.8-2.7V7" />
        <path d="M11.3 18.2a4.6 4.6 0 0 1 4.7 0 4.6 4.6 0 0 0 4.7 0" />
      </g>
    </svg>
  );
}

export function Logo({ className }: { className?: string }) {
  return (
    <span className={cn("inline-flex items-center gap-2.5 text-lg font-semibold", className)}>
      <LogoMark />
      Smart Dairy
    </span>
  );
}

import { cva, type VariantProps } from "class-variance-authority";

/** Also for links that look like buttons: `<Link className={buttonVariants()} />` in a server component. */
export const buttonVariants = cva(
  [
    "relative inline-flex shrink-0 items-center justify-center gap-2 rounded-control border font-medium whitespace-nowrap select-none",
    "transition-colors duration-100 [&_svg]:shrink-0",
    "disabled:cursor-not-allowed disabled:opacity-50 aria-disabled:cursor-not-allowed data-disabled:opacity-50",
  ],
  {
    variants: {
      variant: {
        primary: "border-transparent bg-accent text-on-accent hover:bg-accent-strong",
        secondary: "border-line-2 bg-panel text-ink hover:bg-sunken",
        ghost: "border-transparent text-ink-2 hover:bg-sunken hover:text-ink",
        danger: "border-transparent bg-critical text-on-accent hover:bg-critical-strong",
      },
      size: {
        sm: "h-8 px-2.5 text-sm pointer-coarse:h-11 pointer-coarse:px-3 [&_svg]:size-3.5",
        md: "h-9 px-3.5 text-base pointer-coarse:h-11 pointer-coarse:px-4 [&_svg]:size-4",
        lg: "h-10 px-4 text-base pointer-coarse:h-12 pointer-coarse:px-5 [&_svg]:size-4",
        field: "h-13 px-5 text-lg [&_svg]:size-5",
        icon: "size-9 pointer-coarse:size-11 [&_svg]:size-4",
        "icon-sm": "size-8 pointer-coarse:size-11 [&_svg]:size-4",
      },
    },
    defaultVariants: { variant: "secondary", size: "md" },
  },
);

export type ButtonVariants = VariantProps<typeof buttonVariants>;

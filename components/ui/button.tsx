"use client";

import { mergeProps } from "@base-ui/react/merge-props";
import { useRender } from "@base-ui/react/use-render";
import type { MouseEvent } from "react";
import { type ButtonVariants, buttonVariants } from "./button-variants";
import { cn } from "./cn";
import { Spinner } from "./spinner";

export interface ButtonProps extends useRender.ComponentProps<"button">, ButtonVariants {
  /** Keeps width, focus and name, refuses further clicks. */
  loading?: boolean;
}

/** A button, or with `render={<Link href="…" />}` a link that looks like one. */
export function Button({ variant, size, loading = false, className, children, render, ref, ...props }: ButtonProps) {
  const refuseWhileLoading = (event: MouseEvent) => {
    if (!loading) return;
    event.preventDefault();
    event.stopPropagation();
  };
  const content = loading ? (
    <>
      <span className="inline-flex items-center gap-2 opacity-0">{children}</span>
      <span className="absolute inset-0 grid place-items-center">
        <Spinner />
      </span>
    </>
  ) : (
    children
  );
  return useRender({
    defaultTagName: "button",
    render,
    ref,
    props: mergeProps<"button">(props, {
      className: cn(buttonVariants({ variant, size }), className),
      children: content,
      onClickCapture: refuseWhileLoading,
      "aria-busy": loading || undefined,
      "aria-disabled": loading || props["aria-disabled"] || undefined,
      ...(render ? {} : { type: props.type ?? "button" }),
    }),
  });
}

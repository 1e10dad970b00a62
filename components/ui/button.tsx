import clsx from "clsx";
import type { ComponentProps } from "react";

const VARIANTS = {
  primary: "bg-accent text-on-accent hover:brightness-110 border-transparent",
  secondary: "bg-surface text-ink border-line-strong/60 hover:bg-sunken",
  quiet: "bg-transparent text-ink border-transparent hover:bg-sunken",
  caution: "bg-surface text-danger border-line-strong/60 hover:bg-danger-soft",
  danger: "bg-danger text-on-danger hover:brightness-110 border-transparent",
} as const;

const SIZES = {
  md: "h-9 px-3.5 text-base",
  sm: "h-8 px-3 text-sm",
  icon: "size-8 justify-center",
} as const;

export type ButtonVariant = keyof typeof VARIANTS;

export function buttonClass(
  variant: ButtonVariant = "secondary",
  size: keyof typeof SIZES = "md",
): string {
  return clsx(
    "inline-flex shrink-0 items-center gap-2 whitespace-nowrap rounded-md border font-medium",
    "transition-[background-color,filter] duration-100 disabled:cursor-not-allowed disabled:opacity-55",
    VARIANTS[variant],
    SIZES[size],
  );
}

interface ButtonProps extends ComponentProps<"button"> {
  variant?: ButtonVariant;
  size?: keyof typeof SIZES;
}

export function Button({ variant, size, className, type = "button", ...props }: ButtonProps) {
  return <button type={type} className={clsx(buttonClass(variant, size), className)} {...props} />;
}

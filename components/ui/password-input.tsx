"use client";

import { Eye, EyeOff } from "lucide-react";
import { type ComponentProps, useState } from "react";
import { Button } from "./button";
import { Input } from "./field";

/** An input for a password that can be looked at, so that nobody has to type it twice. */
export function PasswordInput(props: Omit<ComponentProps<"input">, "type" | "className">) {
  const [isShown, setShown] = useState(false);
  const Icon = isShown ? EyeOff : Eye;
  return (
    <div className="relative">
      <Input
        {...props}
        type={isShown ? "text" : "password"}
        autoCapitalize="none"
        spellCheck={false}
        className={isShown ? "pr-10 font-mono" : "pr-10"}
      />
      <Button
        variant="quiet"
        size="icon"
        aria-label={isShown ? "Hide the password" : "Show the password"}
        className="absolute top-0.5 right-0.5 text-muted"
        onClick={() => setShown(!isShown)}
      >
        <Icon aria-hidden className="size-4" />
      </Button>
    </div>
  );
}

"use client";

import clsx from "clsx";
import { Monitor, Moon, Sun } from "lucide-react";
import { useId } from "react";
import { THEMES, type Theme } from "../theme";
import { useTheme } from "../use-theme";

const LOOKS = {
  system: { label: "Theme of the system", word: "System", Icon: Monitor },
  light: { label: "Light theme", word: "Light", Icon: Sun },
  dark: { label: "Dark theme", word: "Dark", Icon: Moon },
} as const;

interface ThemeChoiceProps {
  initial: Theme;
  /** With words beside the signs. */
  isLarge?: boolean;
}

export function ThemeChoice({ initial, isLarge = false }: ThemeChoiceProps) {
  const [theme, choose] = useTheme(initial);
  const name = useId();
  return (
    <fieldset className="inline-flex rounded-md border border-line p-0.5">
      <legend className="sr-only">Theme</legend>
      {THEMES.map((option) => {
        const { label, word, Icon } = LOOKS[option];
        return (
          <label
            key={option}
            title={label}
            className={clsx(
              "relative place-items-center rounded-sm text-muted has-checked:bg-sunken has-checked:text-ink has-focus-visible:outline-2 has-focus-visible:outline-accent hover:text-ink",
              isLarge ? "flex gap-2 px-3 py-1.5 text-sm" : "grid size-7",
            )}
          >
            <input
              type="radio"
              name={name}
              aria-label={label}
              checked={theme === option}
              onChange={() => choose(option)}
              className="absolute inset-0 appearance-none opacity-0"
            />
            <Icon aria-hidden className="size-3.5" />
            {isLarge ? <span aria-hidden>{word}</span> : null}
          </label>
        );
      })}
    </fieldset>
  );
}

"use client";

import { useRouter } from "next/navigation";
import { Suspense, useCallback, useState, useTransition } from "react";
import type { FormState } from "../form-state";
import { Toast } from "../ui/toast";
import { lazyPart } from "../update/lazy-part";
import type { PreviewView, SettingActions } from "./actions";
import { SettingRow } from "./setting-row";
import type { SettingView } from "./setting-view";

const ChangeSettingDialog = lazyPart(
  async () => (await import("./change-setting-dialog")).ChangeSettingDialog,
);

interface SettingsConsoleProps {
  settings: readonly SettingView[];
  countMax: number;
  now: Date;
  actions: SettingActions;
}

interface Opened {
  name: string;
  value: string;
  looked: FormState<PreviewView>;
}

const IDLE: FormState<PreviewView> = { status: "idle" };

/** Every setting in its group, and the dialog that changes one. */
export function SettingsConsole({ settings, countMax, now, actions }: SettingsConsoleProps) {
  const router = useRouter();
  const [opened, setOpened] = useState<Opened | null>(null);
  const [toast, setToast] = useState<string | null>(null);
  const [isPending, startTransition] = useTransition();
  const refresh = useCallback(() => router.refresh(), [router]);
  const groups = [...new Set(settings.map(({ group }) => group))];
  const setting = settings.find(({ name }) => name === opened?.name);

  // What it would touch is the first thing to see where the value is known already.
  const openAtReview = ({ name, resourceVersion }: SettingView, value: string, shown: string) => {
    setToast(null);
    startTransition(async () => {
      const looked = await actions.preview({ name, value, resourceVersion });
      if (looked.status === "failed" && looked.conflict) refresh();
      setOpened({ name, value: shown, looked });
    });
  };

  return (
    <>
      <header>
        <h1 className="font-semibold text-xl leading-8 tracking-tight">Settings</h1>
        <p className="mt-0.5 text-muted">
          For everybody and at once: a change is in force everywhere within two seconds.
        </p>
      </header>
      {groups.map((group) => (
        <section key={group} aria-labelledby={`group-${group}`} className="mt-6">
          <h2 id={`group-${group}`} className="font-medium text-muted text-sm">
            {group}
          </h2>
          <ul className="mt-2 divide-y divide-line rounded-lg border border-line bg-surface">
            {settings
              .filter((candidate) => candidate.group === group)
              .map((shown) => (
                <SettingRow
                  key={shown.name}
                  setting={shown}
                  now={now}
                  countMax={countMax}
                  isPending={isPending}
                  onChange={() => {
                    setToast(null);
                    setOpened({ name: shown.name, value: shown.value, looked: IDLE });
                  }}
                  onReset={() => openAtReview(shown, "", shown.usual)}
                  onShorten={() => openAtReview(shown, shown.value, shown.value)}
                />
              ))}
          </ul>
        </section>
      ))}
      {opened && setting ? (
        <Suspense>
          <ChangeSettingDialog
            setting={setting}
            looked={opened.looked}
            value={opened.value}
            actions={actions}
            onSaved={() => {
              setToast(`Saved: ${setting.title}`);
              refresh();
            }}
            onStale={refresh}
            onClose={() => setOpened(null)}
          />
        </Suspense>
      ) : null}
      <Toast content={toast ? { text: toast } : null} onDismiss={() => setToast(null)} />
    </>
  );
}

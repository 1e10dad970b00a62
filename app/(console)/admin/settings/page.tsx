import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { load } from "@/app/load";
import { requireActor } from "@/auth/current-actor";
import { Outage } from "@/components/outage";
import { SettingsConsole } from "@/components/settings/settings-console";
import { isAdmin } from "@/domain/actor";
import { countLongerLived } from "@/domain/settings/count-longer-lived";
import { lastChanges, listSettings } from "@/domain/settings/list";
import { COUNT_MAX } from "@/domain/settings/preview";
import { previewSettingAction, shortenToMaximumAction, updateSettingAction } from "./actions";
import { toSettingView } from "./setting-view";

export const metadata: Metadata = { title: "Settings" };

const ACTIONS = {
  preview: previewSettingAction,
  update: updateSettingAction,
  shorten: shortenToMaximumAction,
};

export default async function SettingsPage() {
  const data = await load(async () => {
    const actor = await requireActor();
    if (!isAdmin(actor)) notFound();
    const [settings, changes] = await Promise.all([listSettings(actor), lastChanges(actor)]);
    return { settings, changes, longerLived: await countLongerLived(actor, settings) };
  });
  if (!data) return <Outage />;
  const { settings, changes, longerLived } = data;
  const views = settings.map((setting) =>
    toSettingView(setting, changes.get(setting.name), longerLived.get(setting.name)),
  );
  return (
    <SettingsConsole settings={views} countMax={COUNT_MAX} now={new Date()} actions={ACTIONS} />
  );
}

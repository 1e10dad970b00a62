"use client";

import { type ReactNode, useState } from "react";
import type { SavedView } from "@/domain/views/view";
import { Button } from "../ui/button";
import { Input } from "../ui/field";

interface ManagedViewProps {
  view: SavedView;
  canShare: boolean;
  onRename: (name: string) => void;
  onShare: (isShared: boolean) => void;
  onDefault: (isDefault: boolean) => void;
  onDelete: () => void;
}

/** One view with what can be done with it; renaming and deleting ask in its place. */
export function ManagedView(props: ManagedViewProps) {
  const { view, canShare, onShare, onDefault } = props;
  const [step, setStep] = useState<"rename" | "delete" | null>(null);
  const close = () => setStep(null);
  if (step === "rename") return <Renaming {...props} onClose={close} />;
  if (step === "delete") return <Deleting {...props} onClose={close} />;
  return (
    <Row>
      <div className="min-w-0 grow">
        <p className="break-words font-medium">{view.name}</p>
        <p className="text-muted text-sm">{noteOf(view)}</p>
      </div>
      <div className="flex flex-wrap gap-1">
        <Act what="Rename" view={view} onClick={() => setStep("rename")} />
        <Act
          what={view.isDefault ? "Clear default" : "Make default"}
          view={view}
          onClick={() => onDefault(!view.isDefault)}
        />
        {canShare ? (
          <Act
            what={view.isShared ? "Unshare" : "Share"}
            view={view}
            onClick={() => onShare(!view.isShared)}
          />
        ) : null}
        <Act what="Delete" view={view} onClick={() => setStep("delete")} />
      </div>
    </Row>
  );
}

function Renaming({ view, onRename, onClose }: ManagedViewProps & { onClose: () => void }) {
  const [name, setName] = useState(view.name);
  return (
    <Row>
      <form
        className="flex grow flex-wrap gap-2"
        onSubmit={(event) => {
          event.preventDefault();
          onRename(name);
          onClose();
        }}
      >
        <Input
          aria-label={`New name of ${view.name}`}
          autoFocus
          autoComplete="off"
          maxLength={80}
          value={name}
          onChange={(event) => setName(event.target.value)}
          className="min-w-40 flex-1"
        />
        <Button type="submit" variant="primary">
          Save name
        </Button>
        <Button onClick={onClose}>Cancel</Button>
      </form>
    </Row>
  );
}

function Deleting({ view, onDelete, onClose }: ManagedViewProps & { onClose: () => void }) {
  return (
    <Row>
      <p className="min-w-0 grow break-words text-sm">
        Delete “{view.name}”? {consequence(view)} The tokens stay as they are.
      </p>
      <div className="flex gap-2">
        <Button autoFocus onClick={onClose}>
          Cancel
        </Button>
        <Button variant="danger" onClick={onDelete}>
          Delete view
        </Button>
      </div>
    </Row>
  );
}

function consequence({ isShared, isDefault, defaultsOfOthers }: SavedView): string {
  const others = defaultsOfOthers === 1 ? "1 other person" : `${defaultsOfOthers} other people`;
  return [
    isShared ? "Every administrator loses it." : "",
    defaultsOfOthers > 0 ? `It is the default of ${others}.` : "",
    isDefault ? "It is your default: the list opens plain again." : "",
  ]
    .filter(Boolean)
    .join(" ");
}

function noteOf({ isDefault, isShared, isOwn, ownerName, query }: SavedView): string {
  const what =
    query === "" ? "no filter" : decodeURIComponent(query.slice(1).replaceAll("&", " · "));
  const whose = isOwn
    ? isShared
      ? "shared with all administrators"
      : ""
    : `shared by ${ownerName}`;
  return [whose, isDefault ? "my default" : "", what].filter(Boolean).join(" · ");
}

function Act({ what, view, onClick }: { what: string; view: SavedView; onClick: () => void }) {
  return (
    <Button size="sm" variant="quiet" aria-label={`${what}: ${view.name}`} onClick={onClick}>
      {what}
    </Button>
  );
}

function Row({ children }: { children: ReactNode }) {
  return <li className="flex flex-wrap items-center gap-x-4 gap-y-2 py-3">{children}</li>;
}

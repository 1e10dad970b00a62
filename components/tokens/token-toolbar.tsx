"use client";

import { useRouter } from "next/navigation";
import { Button } from "../ui/button";
import type { TokenActions } from "./actions";
import type { ListPath } from "./list-href";
import type { TokenView, Viewer } from "./token-view";
import { useTokenActions } from "./use-token-actions";

interface TokenToolbarProps {
  token: TokenView;
  viewer: Viewer;
  actions: TokenActions;
  backPath: ListPath;
}

export function TokenToolbar({ token, viewer, actions, backPath }: TokenToolbarProps) {
  const router = useRouter();
  const onDeleted = () => router.replace(backPath);
  const { begin, surface } = useTokenActions({ actions, viewer, onDeleted });
  return (
    <div className="flex gap-2">
      <Button onClick={() => begin("edit", token)}>Edit</Button>
      <Button onClick={() => begin(token.enabled ? "disable" : "enable", token)}>
        {token.enabled ? "Disable" : "Enable"}
      </Button>
      <Button variant="caution" onClick={() => begin("delete", token)}>
        Delete
      </Button>
      {surface}
    </div>
  );
}

"use client";

import type { PasswordLink, UserActions } from "./actions";
import { AskDialog } from "./ask-dialog";
import type { UserCommand } from "./commands";
import { EditUserDialog } from "./edit-user-dialog";
import { LinkDialog } from "./link-dialog";
import { StopUserDialog } from "./stop-user-dialog";
import type { UserView } from "./user-view";

interface UserDialogsProps {
  open: { command: UserCommand; user: UserView } | null;
  link: { user: UserView; link: PasswordLink } | null;
  actions: UserActions;
  isPending: boolean;
  error: string | null;
  onConfirm: (command: UserCommand, user: UserView) => void;
  onSaved: (user: UserView, endsSignIn: boolean) => void;
  onReload: () => void;
  onClose: () => void;
  onLinkDone: () => void;
}

/** The dialog of the command that was begun, or the link that it made. */
export function UserDialogs(props: UserDialogsProps) {
  const { open, link, actions, isPending, error, onClose } = props;
  if (link) {
    const { username, hasPassword } = link.user;
    return (
      <LinkDialog
        username={username}
        link={link.link}
        note={hasPassword ? "Their present password works until the link is used." : null}
        onDone={props.onLinkDone}
      />
    );
  }
  if (!open) return null;
  const { command, user } = open;
  const shared = {
    user,
    isPending,
    error,
    onClose,
    onConfirm: () => props.onConfirm(command, user),
  };
  switch (command) {
    case "edit":
      return (
        <EditUserDialog
          user={user}
          action={actions.update}
          onSaved={(endsSignIn) => props.onSaved(user, endsSignIn)}
          onReload={props.onReload}
          onClose={onClose}
        />
      );
    case "disable":
      return <StopUserDialog verb="Disable" impact={actions.impact} {...shared} />;
    case "delete":
      return <StopUserDialog verb="Delete" impact={actions.impact} {...shared} />;
    case "reset-password":
    case "end-sessions":
      return <AskDialog command={command} {...shared} />;
    case "enable":
      return null;
  }
}

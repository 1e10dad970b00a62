"use client";

import { Button } from "../ui/button";
import { Dialog, DialogActions } from "../ui/dialog";
import { Notice } from "../ui/notice";
import type { UserView } from "./user-view";
import { WhoIsMeant } from "./who-is-meant";

interface AskDialogProps {
  user: UserView;
  command: "reset-password" | "end-sessions";
  isPending: boolean;
  error: string | null;
  onConfirm: () => void;
  onClose: () => void;
}

const QUESTIONS = {
  "reset-password": {
    title: "Reset the password?",
    text: "This makes a link with which the user chooses a new password, once and within a day. It takes the place of an older link. When it is used, all of the user’s sign-ins end.",
    button: "Create link",
    pending: "Creating…",
  },
  "end-sessions": {
    title: "End all sign-ins?",
    text: "Every browser and program in which the user is signed in is signed out at its next request. Tokens go on working.",
    button: "End all sign-ins",
    pending: "Ending…",
  },
};

/** Asks before something that the user will notice but nobody has to undo. */
export function AskDialog(props: AskDialogProps) {
  const { user, command, isPending, error, onConfirm, onClose } = props;
  const { title, text, button, pending } = QUESTIONS[command];
  return (
    <Dialog title={title} onClose={onClose}>
      <form
        className="grid gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          if (!isPending) onConfirm();
        }}
      >
        <WhoIsMeant user={user} />
        <p>{text}</p>
        {command === "end-sessions" && user.isViewer ? (
          <Notice tone="warning">This is you: you will be signed out here, too.</Notice>
        ) : null}
        {error ? (
          <Notice tone="danger" alert>
            {error}
          </Notice>
        ) : null}
        <DialogActions>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" variant="primary" disabled={isPending} aria-busy={isPending}>
            {isPending ? pending : button}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}

"use client";

import { useEffect, useId, useState } from "react";
import { Button } from "../ui/button";
import { Dialog, DialogActions } from "../ui/dialog";
import { keepDrafts, restoreDrafts } from "./drafts";
import { latestNews, type News, useNews } from "./news";

const TEXTS = {
  updated: {
    title: "Latchkey was updated",
    text: "A newer version was installed while this page was open, and this page is still of the old one. What you just did was not done.",
    bar: "Latchkey was updated: nothing can be done here before the page is loaded anew.",
  },
  away: {
    title: "Latchkey did not answer",
    text: "A part of this page could not be loaded. Nothing was changed. When Latchkey is back, load the page anew.",
    bar: "A part of this page could not be loaded.",
  },
} as const;

/** Says that this page is older than the server, and leaves it with what was typed where it is. */
export function UpdateWatch({ username }: { username: string }) {
  const news = useNews();
  const [seen, setSeen] = useState<News | null>(null);

  useEffect(() => restoreDrafts(username), [username]);
  useEffect(() => {
    // However it is loaded anew: by our button, by the browser's, or by a link.
    const handleLeave = () => latestNews() && keepDrafts(username);
    window.addEventListener("pagehide", handleLeave);
    return () => window.removeEventListener("pagehide", handleLeave);
  }, [username]);

  if (!news) return null;
  const texts = TEXTS[news.reason];
  if (news === seen) return <UpdateBar text={texts.bar} />;
  return <UpdateDialog {...texts} onClose={() => setSeen(news)} />;
}

interface UpdateDialogProps {
  title: string;
  text: string;
  onClose: () => void;
}

function UpdateDialog({ title, text, onClose }: UpdateDialogProps) {
  const textId = useId();
  return (
    <Dialog title={title} role="alertdialog" describedBy={textId} onClose={onClose}>
      <p id={textId}>{text}</p>
      <p className="mt-2 text-muted">
        What you typed is still on this page. A token that you are about to create is kept when you
        load it anew; copy anything else that you want to keep.
      </p>
      <DialogActions>
        <Button onClick={onClose}>Show the page</Button>
        <LoadAnew />
      </DialogActions>
    </Dialog>
  );
}

function UpdateBar({ text }: { text: string }) {
  return (
    <section
      aria-label="Updated"
      className="sticky bottom-3 z-40 mt-4 flex flex-wrap items-center justify-between gap-x-4 gap-y-2 rounded-lg border border-line bg-warning-soft px-4 py-2.5 text-sm text-warning shadow-lg"
    >
      <p>{text}</p>
      <LoadAnew isSmall />
    </section>
  );
}

function LoadAnew({ isSmall = false }: { isSmall?: boolean }) {
  return (
    <Button
      variant="primary"
      size={isSmall ? "sm" : "md"}
      data-autofocus
      onClick={() => window.location.reload()}
    >
      Load this page anew
    </Button>
  );
}

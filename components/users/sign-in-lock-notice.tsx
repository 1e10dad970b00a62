import { Instant } from "../instant";
import { Button } from "../ui/button";
import { Notice } from "../ui/notice";

/** Why a user's sign-ins are refused at the moment. */
export interface SignInLock {
  /** Everywhere but at the user's usual places, or at some places only. */
  where: "elsewhere" | "some places";
  endsAt: Date;
}

interface SignInLockNoticeProps {
  lock: SignInLock;
  now: Date;
  isPending: boolean;
  onLift: () => void;
}

export function SignInLockNotice({ lock, now, isPending, onLift }: SignInLockNoticeProps) {
  return (
    <div className="mt-4">
      <Notice tone="warning">
        <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2">
          <p>
            After too many wrong passwords, sign-ins of this user are refused{" "}
            {lock.where === "elsewhere"
              ? "everywhere but at their usual addresses"
              : "at the addresses that they came from"}
            . That ends by itself <Instant at={lock.endsAt} now={now} />.
          </p>
          <Button size="sm" disabled={isPending} onClick={onLift}>
            Lift the lock
          </Button>
        </div>
      </Notice>
    </div>
  );
}

/** Everything that is recorded, and how it is said of somebody. */
export const AUDIT_ACTIONS = {
  "token.create": "created a token",
  "token.update": "changed a token",
  "token.delete": "deleted a token",
  "token.export": "exported tokens",
  "view.save": "saved a shared view",
  "view.delete": "deleted a shared view",
  "user.create": "created a user",
  "user.update": "changed a user",
  "user.enable": "enabled a user",
  "user.disable": "disabled a user",
  "user.delete": "deleted a user",
  "user.change-password": "changed a password",
  "user.create-password-link": "made a link for a password",
  "user.end-sessions": "ended sign-ins",
  "user.unlock": "lifted a lock",
  "user.link-identity": "linked an identity",
  "user.unlink-identity": "unlinked an identity",
  "setting.update": "changed a setting",
  "session.sign-in": "signed in",
  "session.prove": "proved who they are",
  "session.sign-out": "signed out",
  "bulk.start": "began to change many tokens",
  "bulk.cancel": "stopped changing many tokens",
  "audit.export": "exported the audit trail",
  "audit.detach": "took a month off the audit trail",
  "audit.drop": "deleted a month of the audit trail",
} as const;

export type AuditAction = keyof typeof AUDIT_ACTIONS;

export const AUDIT_OUTCOMES = { success: "Done", failure: "Failed", denied: "Denied" } as const;

export type AuditOutcome = keyof typeof AUDIT_OUTCOMES;

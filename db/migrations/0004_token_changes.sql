CREATE TABLE "token_changes" (
	"seq" bigint PRIMARY KEY NOT NULL,
	"at" timestamp (0) with time zone DEFAULT now() NOT NULL,
	"type" text NOT NULL,
	"owner_id" text NOT NULL,
	"token" jsonb NOT NULL,
	"previous" jsonb
);
--> statement-breakpoint
CREATE INDEX "token_changes_owner" ON "token_changes" USING btree ("owner_id","seq");--> statement-breakpoint
CREATE INDEX "tokens_labels" ON "tokens" USING gin ("labels");--> statement-breakpoint
-- The beginning of the history: who has seen less must list again.
INSERT INTO token_changes (seq, type, owner_id, token) SELECT seq, 'START', '', '{}' FROM audit_chain;
--> statement-breakpoint
-- Notes every change of a token that has a resource version, whoever makes it. Such a change holds
-- the end of the audit chain, so changes become visible in the order of their numbers. A deletion
-- has the number of its event; one without an event (of an owner, by cascade) is given one here.
CREATE FUNCTION token_changed() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  stored tokens;
  version bigint;
  used timestamptz;
BEGIN
  IF TG_OP = 'UPDATE' AND NEW.resource_version = OLD.resource_version THEN
    RETURN NULL;
  END IF;
  IF TG_OP = 'DELETE' THEN
    stored := OLD;
    SELECT seq INTO version FROM audit_events
      WHERE object_kind = 'token' AND object_name = OLD.name AND outcome = 'success'
        AND seq > OLD.resource_version
      ORDER BY seq DESC LIMIT 1;
    IF version IS NULL THEN
      INSERT INTO audit_events (seq, at, actor_name, action, object_kind, object_name, owner_id,
        outcome, reason, previous_hash, hash)
      VALUES (0, now(), 'system:database', 'token.delete', 'token', OLD.name, OLD.owner_id,
        'success', 'deleted together with its owner', '', '')
      RETURNING seq INTO version;
    END IF;
    stored.resource_version := version;
  ELSE
    stored := NEW;
    version := NEW.resource_version;
  END IF;
  SELECT last_used_at INTO used FROM token_uses WHERE token_id = stored.id;
  INSERT INTO token_changes (seq, type, owner_id, token, previous) VALUES (
    version,
    CASE TG_OP WHEN 'INSERT' THEN 'ADDED' WHEN 'UPDATE' THEN 'MODIFIED' ELSE 'DELETED' END,
    stored.owner_id,
    to_jsonb(stored) - 'hash' - 'idempotency_key' - 'owner_key'
      || jsonb_build_object('last_used_at', coalesce(used, '-infinity')),
    CASE WHEN TG_OP = 'UPDATE'
      THEN jsonb_build_object('labels', OLD.labels, 'enabled', OLD.enabled) END);
  RETURN NULL;
END $$;
--> statement-breakpoint
-- Row triggers fire by name: this one before the cascade (RI_…) deletes the last use.
CREATE TRIGGER "A_token_changed" AFTER INSERT OR UPDATE OR DELETE ON tokens
  FOR EACH ROW EXECUTE FUNCTION token_changed();

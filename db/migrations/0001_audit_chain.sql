-- The digest of one event: every column, in order, as one unambiguous JSON array.
CREATE FUNCTION audit_digest(event audit_events) RETURNS text
LANGUAGE sql STABLE AS $$
  SELECT encode(sha256(convert_to(jsonb_build_array(
    event.previous_hash, event.seq, (extract(epoch FROM event.at) * 1000)::bigint,
    event.actor_id, event.actor_name, event.actor_token, event.action, event.object_kind,
    event.object_name, event.owner_id, event.outcome, event.reason, event.before, event.after,
    event.address, event.user_agent, event.request_id)::text, 'UTF8')), 'hex')
$$;
--> statement-breakpoint
INSERT INTO audit_chain (id, seq, hash) VALUES (1, 0, repeat('0', 64));
--> statement-breakpoint
-- Appends to the chain under the lock of its end, which is held until commit: sequence numbers
-- have no gaps and are in commit order. Runs as the owner: writers cannot touch audit_chain.
CREATE FUNCTION audit_append() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE tail audit_chain;
BEGIN
  SELECT * INTO STRICT tail FROM audit_chain WHERE id = 1 FOR UPDATE;
  NEW.seq := tail.seq + 1;
  NEW.at := date_trunc('milliseconds', clock_timestamp());
  NEW.previous_hash := tail.hash;
  NEW.hash := audit_digest(NEW);
  UPDATE audit_chain SET seq = NEW.seq, hash = NEW.hash WHERE id = 1;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER audit_append BEFORE INSERT ON audit_events
  FOR EACH ROW EXECUTE FUNCTION audit_append();
--> statement-breakpoint
CREATE FUNCTION audit_refuse_change() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'audit events are append-only' USING ERRCODE = 'insufficient_privilege';
END $$;
--> statement-breakpoint
CREATE TRIGGER audit_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_events
  FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse_change();

CREATE TABLE "audit_anchors" (
	"name" text PRIMARY KEY NOT NULL,
	"first_seq" bigint NOT NULL,
	"last_seq" bigint NOT NULL,
	"previous_hash" text NOT NULL,
	"last_hash" text NOT NULL,
	"first_at" timestamp (3) with time zone NOT NULL,
	"last_at" timestamp (3) with time zone NOT NULL,
	"detached_at" timestamp (3) with time zone NOT NULL,
	"exported_at" timestamp (3) with time zone,
	"dropped_at" timestamp (3) with time zone
);
--> statement-breakpoint
DROP TRIGGER audit_append ON audit_events;--> statement-breakpoint
DROP TRIGGER audit_append_only ON audit_events;--> statement-breakpoint
DROP FUNCTION audit_append();--> statement-breakpoint
DROP FUNCTION audit_digest(audit_events);--> statement-breakpoint
ALTER TABLE "audit_events" RENAME TO "audit_events_whole";--> statement-breakpoint
CREATE TABLE "audit_events" (
	"seq" bigint NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"actor_id" text,
	"actor_name" text NOT NULL,
	"actor_token" text,
	"action" text NOT NULL,
	"object_kind" text NOT NULL,
	"object_name" text NOT NULL,
	"owner_id" text,
	"outcome" text NOT NULL,
	"reason" text,
	"before" jsonb,
	"after" jsonb,
	"address" text,
	"user_agent" text,
	"request_id" text,
	"previous_hash" text NOT NULL,
	"hash" text NOT NULL
) PARTITION BY RANGE ("at");
--> statement-breakpoint
ALTER TABLE "audit_chain" ADD COLUMN "at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "audit_chain" ADD COLUMN "covered_until" timestamp (3) with time zone;--> statement-breakpoint
UPDATE "audit_chain" SET
	"at" = coalesce((SELECT max("at") FROM "audit_events_whole"), date_trunc('milliseconds', now())),
	"covered_until" = date_trunc('month', coalesce((SELECT min("at") FROM "audit_events_whole"), now()), 'UTC');--> statement-breakpoint
ALTER TABLE "audit_chain" ALTER COLUMN "at" SET NOT NULL;--> statement-breakpoint
ALTER TABLE "audit_chain" ALTER COLUMN "covered_until" SET NOT NULL;--> statement-breakpoint
CREATE FUNCTION audit_refuse() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'audit events are append-only' USING ERRCODE = 'insufficient_privilege';
END $$;
--> statement-breakpoint
-- Makes the partitions up to and with the month of `until`, one after the other. Attaching an empty
-- table blocks neither readers nor writers of the others. The caller holds the row of audit_chain.
CREATE FUNCTION audit_cover(covered timestamptz, until timestamptz) RETURNS timestamptz
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
  following timestamptz;
  part text;
BEGIN
  WHILE covered <= until LOOP
    following := (covered AT TIME ZONE 'UTC' + interval '1 month') AT TIME ZONE 'UTC';
    part := 'audit_events_' || to_char(covered AT TIME ZONE 'UTC', 'YYYY_MM');
    EXECUTE format('CREATE TABLE %I (LIKE audit_events INCLUDING DEFAULTS INCLUDING CONSTRAINTS)', part);
    EXECUTE format('CREATE TRIGGER audit_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON %I
      FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse()', part);
    EXECUTE format('ALTER TABLE audit_events ATTACH PARTITION %I FOR VALUES FROM (%L) TO (%L)',
      part, covered, following);
    covered := following;
  END LOOP;
  RETURN covered;
END $$;
--> statement-breakpoint
ALTER TABLE "audit_events" ADD CONSTRAINT "audit_events_seq_at_pk" PRIMARY KEY("seq","at");--> statement-breakpoint
UPDATE "audit_chain" SET "covered_until" = audit_cover("covered_until", greatest("at", now()) + interval '2 months');--> statement-breakpoint
INSERT INTO "audit_events" SELECT seq, at, actor_id, actor_name, actor_token, action, object_kind,
	object_name, owner_id, outcome, reason, before, after, address, user_agent, request_id, previous_hash, hash
	FROM "audit_events_whole" ORDER BY seq;--> statement-breakpoint
DROP TABLE "audit_events_whole";--> statement-breakpoint
DROP FUNCTION audit_refuse_change();--> statement-breakpoint
CREATE INDEX "audit_events_at" ON "audit_events" USING btree ("at","seq");--> statement-breakpoint
CREATE INDEX "audit_events_action" ON "audit_events" USING btree ("action","at","seq","outcome");--> statement-breakpoint
CREATE INDEX "audit_events_outcome" ON "audit_events" USING btree ("outcome","at","seq","action");--> statement-breakpoint
CREATE INDEX "audit_events_address" ON "audit_events" USING btree ("address","at","seq","action","outcome");--> statement-breakpoint
CREATE INDEX "audit_events_request" ON "audit_events" USING btree ("request_id","at","seq");--> statement-breakpoint
CREATE INDEX "audit_events_object" ON "audit_events" USING btree ("object_name","at","seq");--> statement-breakpoint
CREATE INDEX "audit_events_owner" ON "audit_events" USING btree ("owner_id","at","seq","action","outcome",lower("actor_name"));--> statement-breakpoint
CREATE INDEX "audit_events_actor" ON "audit_events" USING btree (lower("actor_name"),"at","seq","action","outcome");--> statement-breakpoint
CREATE INDEX "audit_events_actor_id" ON "audit_events" USING btree ("actor_id","at","seq");--> statement-breakpoint
CREATE TRIGGER audit_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_events
  FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse();
--> statement-breakpoint
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
-- Appends events in their order and returns their numbers. The end of the chain stays locked until
-- commit: numbers have no gaps and are in commit order, and times never fall. Runs as the owner:
-- nobody else can write to the trail. The table is locked first, as whoever detaches a month does.
-- Who promises to wait for the disk after the commit need not do so while holding the chain.
CREATE FUNCTION audit_append(events jsonb) RETURNS bigint[]
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  tail audit_chain;
  item jsonb;
  event audit_events;
  numbers bigint[] := '{}';
BEGIN
  IF current_setting('latchkey.flushes', true) = 'on' THEN
    PERFORM set_config('synchronous_commit', 'off', true);
  END IF;
  LOCK TABLE ONLY audit_events IN ROW EXCLUSIVE MODE;
  SELECT * INTO STRICT tail FROM audit_chain WHERE id = 1 FOR UPDATE;
  tail.at := greatest(date_trunc('milliseconds', clock_timestamp()), tail.at);
  IF tail.at >= tail.covered_until THEN
    tail.covered_until := audit_cover(tail.covered_until, tail.at);
  END IF;
  FOR item IN SELECT value FROM jsonb_array_elements(events) LOOP
    event := jsonb_populate_record(NULL::audit_events, item);
    tail.seq := tail.seq + 1;
    event.seq := tail.seq;
    event.at := tail.at;
    event.previous_hash := tail.hash;
    event.hash := audit_digest(event);
    INSERT INTO audit_events VALUES (event.*);
    tail.hash := event.hash;
    numbers := numbers || tail.seq;
  END LOOP;
  UPDATE audit_chain SET seq = tail.seq, hash = tail.hash, at = tail.at,
    covered_until = tail.covered_until WHERE id = 1;
  RETURN numbers;
END $$;
--> statement-breakpoint
-- Makes the partitions of the months to come.
CREATE FUNCTION audit_prepare(until timestamptz) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE tail audit_chain;
BEGIN
  SELECT * INTO STRICT tail FROM audit_chain WHERE id = 1;
  IF tail.covered_until > until THEN RETURN; END IF;
  LOCK TABLE ONLY audit_events IN ROW EXCLUSIVE MODE;
  SELECT * INTO STRICT tail FROM audit_chain WHERE id = 1 FOR UPDATE;
  UPDATE audit_chain SET covered_until = audit_cover(tail.covered_until, until) WHERE id = 1;
END $$;
--> statement-breakpoint
-- The oldest month whose last day was more than `days` days ago, or no row.
CREATE FUNCTION audit_oldest(days int, OUT part text, OUT first_seq bigint, OUT last_seq bigint)
RETURNS SETOF record
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE ended timestamptz;
BEGIN
  SELECT relname INTO part FROM pg_inherits JOIN pg_class ON pg_class.oid = inhrelid
    WHERE inhparent = 'audit_events'::regclass ORDER BY relname LIMIT 1;
  IF part IS NULL THEN RETURN; END IF;
  ended := (to_date(right(part, 7), 'YYYY_MM')::timestamp + interval '1 month') AT TIME ZONE 'UTC';
  IF ended > now() - days * interval '1 day' OR ended > (SELECT at FROM audit_chain) THEN RETURN; END IF;
  EXECUTE format('SELECT min(seq), max(seq) FROM %I', part) INTO first_seq, last_seq;
  RETURN NEXT;
END $$;
--> statement-breakpoint
-- Takes that month off the trail. Where the chain goes on is kept as an anchor, and the event says so
-- too. Gives up after a second where somebody keeps reading: it holds up everybody else.
CREATE FUNCTION audit_detach(days int, wanted text, event jsonb) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp SET lock_timeout = '1s' AS $$
DECLARE
  found_part text;
  anchor audit_anchors;
BEGIN
  LOCK TABLE ONLY audit_events IN ACCESS EXCLUSIVE MODE;
  SELECT part INTO found_part FROM audit_oldest(days);
  IF found_part IS DISTINCT FROM wanted THEN RETURN false; END IF;
  EXECUTE format('ALTER TABLE audit_events DETACH PARTITION %I', wanted);
  EXECUTE format('SELECT %L, a.seq, z.seq, a.previous_hash, z.hash, a.at, z.at, now()
    FROM (SELECT * FROM %I ORDER BY seq LIMIT 1) a, (SELECT * FROM %I ORDER BY seq DESC LIMIT 1) z',
    wanted, wanted, wanted) INTO anchor;
  IF anchor.name IS NULL THEN
    EXECUTE format('DROP TABLE %I', wanted);
    RETURN true;
  END IF;
  IF to_regrole('latchkey_retention') IS NOT NULL THEN
    EXECUTE format('GRANT SELECT ON %I TO latchkey_retention', wanted);
  END IF;
  INSERT INTO audit_anchors VALUES (anchor.*);
  PERFORM audit_append(jsonb_build_array(event || jsonb_build_object('object_name', wanted, 'after',
    jsonb_build_object('firstSeq', anchor.first_seq, 'lastSeq', anchor.last_seq,
      'firstAt', anchor.first_at, 'lastAt', anchor.last_at, 'lastHash', anchor.last_hash))));
  RETURN true;
END $$;
--> statement-breakpoint
CREATE FUNCTION audit_mark_exported(wanted text) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  UPDATE audit_anchors SET exported_at = now() WHERE name = wanted AND dropped_at IS NULL
$$;
--> statement-breakpoint
-- Deletes the events of a month that was taken off. Its anchor stays.
CREATE FUNCTION audit_drop(wanted text, event jsonb) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE anchor audit_anchors;
BEGIN
  SELECT * INTO anchor FROM audit_anchors WHERE name = wanted AND dropped_at IS NULL FOR UPDATE;
  IF anchor.name IS NULL THEN RETURN false; END IF;
  EXECUTE format('DROP TABLE %I', anchor.name);
  UPDATE audit_anchors SET dropped_at = now() WHERE name = wanted;
  PERFORM audit_append(jsonb_build_array(event || jsonb_build_object('object_name', wanted, 'before',
    jsonb_build_object('firstSeq', anchor.first_seq, 'lastSeq', anchor.last_seq,
      'exportedAt', anchor.exported_at))));
  RETURN true;
END $$;
--> statement-breakpoint
REVOKE ALL ON FUNCTION audit_append(jsonb), audit_prepare(timestamptz), audit_oldest(int),
  audit_detach(int, text, jsonb), audit_mark_exported(text), audit_drop(text, jsonb),
  audit_cover(timestamptz, timestamptz) FROM PUBLIC;
--> statement-breakpoint
-- As before, but an event of its own is appended by the function.
CREATE OR REPLACE FUNCTION token_changed() RETURNS trigger
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
    -- Stored by this transaction, so the months before need no look; a clock may have been put back.
    SELECT seq INTO version FROM audit_events
      WHERE object_name = OLD.name AND object_kind = 'token' AND outcome = 'success'
        AND seq > OLD.resource_version AND at >= now() - interval '1 day'
      ORDER BY at DESC, seq DESC LIMIT 1;
    IF version IS NULL THEN
      version := (audit_append(jsonb_build_array(jsonb_build_object(
        'actor_name', 'system:database', 'action', 'token.delete', 'object_kind', 'token',
        'object_name', OLD.name, 'owner_id', OLD.owner_id, 'outcome', 'success',
        'reason', 'deleted together with its owner'))))[1];
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

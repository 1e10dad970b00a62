CREATE TABLE "bulk_items" (
	"job_id" uuid NOT NULL,
	"position" integer NOT NULL,
	"token_id" bigint,
	"token_name" text NOT NULL,
	"owner_id" text,
	"outcome" text,
	"why" text,
	CONSTRAINT "bulk_items_job_id_position_pk" PRIMARY KEY("job_id","position")
);
--> statement-breakpoint
CREATE TABLE "bulk_jobs" (
	"id" uuid PRIMARY KEY NOT NULL,
	"actor_id" text NOT NULL,
	"actor_name" text NOT NULL,
	"actor_token" text NOT NULL,
	"address" text,
	"user_agent" text,
	"scope" text NOT NULL,
	"action" text NOT NULL,
	"expires_at" timestamp (3) with time zone,
	"reason" text,
	"query" text,
	"state" text NOT NULL,
	"as_of_seq" bigint NOT NULL,
	"collected_id" bigint NOT NULL,
	"last_id" bigint NOT NULL,
	"position" integer DEFAULT 0 NOT NULL,
	"total" integer DEFAULT 0 NOT NULL,
	"changed" integer DEFAULT 0 NOT NULL,
	"skipped" integer DEFAULT 0 NOT NULL,
	"problem" text,
	"attempts" smallint DEFAULT 0 NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"finished_at" timestamp (3) with time zone,
	"lease_by" text,
	"lease_until" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "bulk_items" ADD CONSTRAINT "bulk_items_job_id_bulk_jobs_id_fk" FOREIGN KEY ("job_id") REFERENCES "public"."bulk_jobs"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "bulk_items_skipped" ON "bulk_items" USING btree ("job_id","position") WHERE "bulk_items"."outcome" = 'skipped';--> statement-breakpoint
CREATE INDEX "bulk_jobs_waiting" ON "bulk_jobs" USING btree ("lease_until") WHERE "bulk_jobs"."finished_at" is null;--> statement-breakpoint
CREATE INDEX "bulk_jobs_actor" ON "bulk_jobs" USING btree ("actor_id","created_at","id");--> statement-breakpoint
CREATE INDEX "bulk_jobs_created" ON "bulk_jobs" USING btree ("created_at","id");--> statement-breakpoint
CREATE INDEX "bulk_jobs_finished" ON "bulk_jobs" USING btree ("finished_at");
--> statement-breakpoint
-- What is computed for each token that a statement changes is computed for all of them at once: a
-- bulk action changes hundreds. In one expression each, so that PostgreSQL takes these two into the
-- statement that asks; their argument for the maximum must be a plain value for that.
CREATE OR REPLACE FUNCTION token_risk(enabled boolean, kind text, ttl_ms bigint, created_at timestamptz,
  expires_at timestamptz, last_used_at timestamptz, networks integer, owner_enabled boolean,
  owner_role text, ttl_ms_max bigint, at timestamptz) RETURNS smallint
LANGUAGE sql IMMUTABLE AS $$
  SELECT (CASE WHEN NOT enabled OR at > expires_at THEN 0 ELSE 1
    + CASE WHEN ttl_ms < 0 THEN 25 WHEN ttl_ms > 31536000000 THEN 15
        WHEN ttl_ms > 7776000000 THEN 8 ELSE 0 END
    + CASE WHEN kind <> 'session' AND ttl_ms_max IS NOT NULL
        AND (ttl_ms < 0 OR ttl_ms > ttl_ms_max) THEN 10 ELSE 0 END
    + CASE WHEN extract(epoch FROM at - greatest(created_at, last_used_at)) >= 30 * 86400
        AND last_used_at = '-infinity' THEN 5 ELSE 0 END
    + CASE WHEN extract(epoch FROM at - greatest(created_at, last_used_at)) >= 180 * 86400 THEN 20
        WHEN extract(epoch FROM at - greatest(created_at, last_used_at)) >= 90 * 86400 THEN 12
        WHEN extract(epoch FROM at - greatest(created_at, last_used_at)) >= 30 * 86400 THEN 5 ELSE 0 END
    + CASE WHEN networks > 10 THEN 10 WHEN networks > 3 THEN 5 ELSE 0 END
    + CASE WHEN owner_enabled THEN 0 ELSE 15 END
    + CASE owner_role WHEN 'admin' THEN 14 WHEN 'verifier' THEN 5 ELSE 0 END
  END)::smallint
$$;
--> statement-breakpoint
CREATE OR REPLACE FUNCTION token_risk_due(enabled boolean, created_at timestamptz, expires_at timestamptz,
  last_used_at timestamptz, at timestamptz) RETURNS timestamptz
LANGUAGE sql STABLE AS $$
  SELECT CASE WHEN NOT enabled OR at > expires_at THEN 'infinity'::timestamptz ELSE least(
    expires_at,
    CASE
      WHEN greatest(created_at, last_used_at) + interval '720 hours' > at
        THEN greatest(created_at, last_used_at) + interval '720 hours'
      WHEN greatest(created_at, last_used_at) + interval '2160 hours' > at
        THEN greatest(created_at, last_used_at) + interval '2160 hours'
      WHEN greatest(created_at, last_used_at) + interval '4320 hours' > at
        THEN greatest(created_at, last_used_at) + interval '4320 hours'
      ELSE 'infinity' END) END
$$;
--> statement-breakpoint
CREATE OR REPLACE FUNCTION refresh_risks(ids bigint[]) RETURNS bigint
LANGUAGE plpgsql VOLATILE SET enable_nestloop = on AS $$
DECLARE
  ttl_ms_max bigint := token_ttl_ms_max();
  refreshed bigint;
BEGIN
  UPDATE token_uses u SET
    risk = token_risk(t.enabled, t.kind, t.ttl_ms, t.created_at, t.expires_at, u.last_used_at,
      u.networks, o.enabled, o.role, ttl_ms_max, now()),
    risk_due_at = token_risk_due(t.enabled, t.created_at, t.expires_at, u.last_used_at, now())
  FROM tokens t JOIN users o ON o.id = t.owner_id
  WHERE u.token_id = t.id AND t.id = ANY (ids);
  GET DIAGNOSTICS refreshed = ROW_COUNT;
  RETURN refreshed;
END $$;
--> statement-breakpoint
DROP TRIGGER risk ON tokens;
--> statement-breakpoint
-- The plan is kept, and was perhaps made for one token: a loop in a loop would never end for many.
CREATE OR REPLACE FUNCTION risk_of_changed() RETURNS trigger
LANGUAGE plpgsql SET enable_nestloop = off AS $$
DECLARE ids bigint[];
BEGIN
  SELECT array_agg(n.id ORDER BY n.id) INTO ids FROM new_tokens n JOIN old_tokens o ON o.id = n.id
    WHERE (o.enabled, o.ttl_ms, o.created_at, o.expires_at, o.kind)
      IS DISTINCT FROM (n.enabled, n.ttl_ms, n.created_at, n.expires_at, n.kind);
  IF ids IS NOT NULL THEN PERFORM refresh_risks(ids); END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
-- At once, because what can be used again must never have the score of what cannot.
CREATE TRIGGER risk AFTER UPDATE ON tokens
  REFERENCING OLD TABLE AS old_tokens NEW TABLE AS new_tokens
  FOR EACH STATEMENT EXECUTE FUNCTION risk_of_changed();
--> statement-breakpoint
DROP TRIGGER "A_token_changed" ON tokens;
--> statement-breakpoint
CREATE TRIGGER "A_token_changed" AFTER INSERT OR DELETE ON tokens
  FOR EACH ROW EXECUTE FUNCTION token_changed();
--> statement-breakpoint
-- As token_changed, of all that a statement modified.
CREATE FUNCTION tokens_modified() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp SET enable_nestloop = off AS $$
BEGIN
  INSERT INTO token_changes (seq, type, owner_id, token, previous)
  SELECT n.resource_version, 'MODIFIED', n.owner_id,
    to_jsonb(n) - 'hash' - 'idempotency_key' - 'owner_key'
      || jsonb_build_object('last_used_at', coalesce(
        (SELECT u.last_used_at FROM token_uses u WHERE u.token_id = n.id), '-infinity')),
    jsonb_build_object('labels', o.labels, 'enabled', o.enabled)
  FROM new_tokens n JOIN old_tokens o ON o.id = n.id
  WHERE n.resource_version <> o.resource_version;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER "A_tokens_modified" AFTER UPDATE ON tokens
  REFERENCING OLD TABLE AS old_tokens NEW TABLE AS new_tokens
  FOR EACH STATEMENT EXECUTE FUNCTION tokens_modified();

CREATE TABLE "risk_owners" (
	"owner_id" text PRIMARY KEY NOT NULL,
	"after_id" bigint DEFAULT 0 NOT NULL
);
--> statement-breakpoint
CREATE TABLE "risk_policy" (
	"id" integer PRIMARY KEY NOT NULL,
	"ttl_ms_max" bigint,
	"ttl_ms_max_next" bigint,
	"after_id" bigint
);
--> statement-breakpoint
CREATE TABLE "token_activity" (
	"token_id" bigint PRIMARY KEY NOT NULL,
	"last_day" date NOT NULL,
	"uses" integer[] NOT NULL
);
--> statement-breakpoint
CREATE TABLE "token_addresses" (
	"token_id" bigint NOT NULL,
	"address" "inet" NOT NULL,
	"first_at" timestamp (0) with time zone NOT NULL,
	"last_at" timestamp (0) with time zone NOT NULL,
	"uses" bigint NOT NULL,
	CONSTRAINT "token_addresses_token_id_address_pk" PRIMARY KEY("token_id","address")
);
--> statement-breakpoint
CREATE TABLE "token_agents" (
	"token_id" bigint NOT NULL,
	"user_agent" text collate "C" NOT NULL,
	"first_at" timestamp (0) with time zone NOT NULL,
	"last_at" timestamp (0) with time zone NOT NULL,
	"uses" bigint NOT NULL,
	CONSTRAINT "token_agents_token_id_user_agent_pk" PRIMARY KEY("token_id","user_agent")
);
--> statement-breakpoint
CREATE TABLE "token_prints" (
	"token_id" bigint PRIMARY KEY NOT NULL,
	"print" text NOT NULL,
	CONSTRAINT "token_prints_print_unique" UNIQUE("print")
);
--> statement-breakpoint
-- Made again by db/text-indexes.ts, with the owner in it and where the extension is there.
DROP INDEX IF EXISTS "tokens_search";--> statement-breakpoint
ALTER TABLE "token_uses" ADD COLUMN "first_used_at" timestamp (0) with time zone;--> statement-breakpoint
ALTER TABLE "token_uses" ADD COLUMN "networks" smallint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "token_uses" ADD COLUMN "risk" smallint DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "token_uses" ADD COLUMN "risk_due_at" timestamp (3) with time zone DEFAULT '-infinity' NOT NULL;--> statement-breakpoint
ALTER TABLE "token_activity" ADD CONSTRAINT "token_activity_token_id_token_uses_token_id_fk" FOREIGN KEY ("token_id") REFERENCES "public"."token_uses"("token_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "token_addresses" ADD CONSTRAINT "token_addresses_token_id_token_uses_token_id_fk" FOREIGN KEY ("token_id") REFERENCES "public"."token_uses"("token_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "token_agents" ADD CONSTRAINT "token_agents_token_id_token_uses_token_id_fk" FOREIGN KEY ("token_id") REFERENCES "public"."token_uses"("token_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "token_prints" ADD CONSTRAINT "token_prints_token_id_tokens_id_fk" FOREIGN KEY ("token_id") REFERENCES "public"."tokens"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "token_addresses_address" ON "token_addresses" USING btree ("address","token_id");--> statement-breakpoint
CREATE INDEX "token_uses_risk" ON "token_uses" USING btree ("risk","token_id");--> statement-breakpoint
CREATE INDEX "token_uses_risk_due" ON "token_uses" USING btree ("risk_due_at","token_id") WHERE "token_uses"."risk_due_at" < 'infinity';
--> statement-breakpoint
-- A token that lives for ever has no other lifetime; sign-ins are short and many.
CREATE STATISTICS "tokens_shape" (ndistinct, dependencies, mcv) ON "kind", "enabled", "ttl_ms" FROM "tokens";
--> statement-breakpoint
-- The addresses of last uses, as far as they are addresses, are the first evidence.
CREATE FUNCTION address_or_null(address text) RETURNS inet
LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
  RETURN host(address::inet)::inet;
EXCEPTION WHEN others THEN
  RETURN NULL;
END $$;
--> statement-breakpoint
INSERT INTO token_addresses (token_id, address, first_at, last_at, uses)
  SELECT token_id, address_or_null(address), last_used_at, last_used_at, 1 FROM token_uses
  WHERE last_used_at > '-infinity' AND address_or_null(address) IS NOT NULL;
--> statement-breakpoint
INSERT INTO token_agents (token_id, user_agent, first_at, last_at, uses)
  SELECT token_id, left(user_agent, 200), last_used_at, last_used_at, 1 FROM token_uses
  WHERE last_used_at > '-infinity' AND user_agent <> '';
--> statement-breakpoint
UPDATE token_uses SET networks = 1
  WHERE token_id IN (SELECT token_id FROM token_addresses);
--> statement-breakpoint
DROP FUNCTION address_or_null;
--> statement-breakpoint
-- The longest lifetime of a new token in milliseconds; null is no maximum.
CREATE FUNCTION token_ttl_ms_max() RETURNS bigint
LANGUAGE sql STABLE AS $$
  SELECT CASE WHEN minutes > 0 THEN minutes * 60000 END
  FROM (SELECT coalesce((SELECT value::bigint FROM settings
    WHERE name = 'auth-token-max-ttl-minutes' AND value ~ '^-?[0-9]{1,12}$'), 129600)) s (minutes)
$$;
--> statement-breakpoint
-- The score of docs/risk.md; domain/tokens/risk.ts says the same in words.
CREATE FUNCTION token_risk(enabled boolean, kind text, ttl_ms bigint, created_at timestamptz,
  expires_at timestamptz, last_used_at timestamptz, networks integer, owner_enabled boolean,
  owner_role text, ttl_ms_max bigint, at timestamptz) RETURNS smallint
LANGUAGE sql IMMUTABLE AS $$
  SELECT (CASE WHEN NOT enabled OR at > expires_at THEN 0 ELSE 1
    + CASE WHEN ttl_ms < 0 THEN 25 WHEN ttl_ms > 31536000000 THEN 15
        WHEN ttl_ms > 7776000000 THEN 8 ELSE 0 END
    + CASE WHEN kind <> 'session' AND ttl_ms_max IS NOT NULL
        AND (ttl_ms < 0 OR ttl_ms > ttl_ms_max) THEN 10 ELSE 0 END
    + CASE WHEN idle >= 30 * 86400 AND last_used_at = '-infinity' THEN 5 ELSE 0 END
    + CASE WHEN idle >= 180 * 86400 THEN 20 WHEN idle >= 90 * 86400 THEN 12
        WHEN idle >= 30 * 86400 THEN 5 ELSE 0 END
    + CASE WHEN networks > 10 THEN 10 WHEN networks > 3 THEN 5 ELSE 0 END
    + CASE WHEN owner_enabled THEN 0 ELSE 15 END
    + CASE owner_role WHEN 'admin' THEN 14 WHEN 'verifier' THEN 5 ELSE 0 END
  END)::smallint
  FROM (SELECT extract(epoch FROM at - greatest(created_at, last_used_at))) s (idle)
$$;
--> statement-breakpoint
-- After which moment time alone changes that score.
CREATE FUNCTION token_risk_due(enabled boolean, created_at timestamptz, expires_at timestamptz,
  last_used_at timestamptz, at timestamptz) RETURNS timestamptz
LANGUAGE sql STABLE AS $$
  SELECT CASE WHEN NOT enabled OR at > expires_at THEN 'infinity'::timestamptz ELSE least(
    expires_at,
    CASE WHEN since + interval '720 hours' > at THEN since + interval '720 hours'
      WHEN since + interval '2160 hours' > at THEN since + interval '2160 hours'
      WHEN since + interval '4320 hours' > at THEN since + interval '4320 hours'
      ELSE 'infinity' END) END
  FROM (SELECT greatest(created_at, last_used_at)) s (since)
$$;
--> statement-breakpoint
CREATE FUNCTION refresh_risks(ids bigint[]) RETURNS bigint
LANGUAGE sql VOLATILE AS $$
  WITH refreshed AS (
    UPDATE token_uses u SET
      risk = token_risk(t.enabled, t.kind, t.ttl_ms, t.created_at, t.expires_at, u.last_used_at,
        u.networks, o.enabled, o.role, token_ttl_ms_max(), now()),
      risk_due_at = token_risk_due(t.enabled, t.created_at, t.expires_at, u.last_used_at, now())
    FROM tokens t JOIN users o ON o.id = t.owner_id
    WHERE u.token_id = t.id AND t.id = ANY (ids)
    RETURNING 1)
  SELECT count(*) FROM refreshed
$$;
--> statement-breakpoint
CREATE FUNCTION risk_of_new() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
  SELECT token_risk(t.enabled, t.kind, t.ttl_ms, t.created_at, t.expires_at, NEW.last_used_at,
      NEW.networks, o.enabled, o.role, token_ttl_ms_max(), now()),
    token_risk_due(t.enabled, t.created_at, t.expires_at, NEW.last_used_at, now())
  INTO NEW.risk, NEW.risk_due_at
  FROM tokens t JOIN users o ON o.id = t.owner_id WHERE t.id = NEW.token_id;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER risk BEFORE INSERT ON token_uses
  FOR EACH ROW EXECUTE FUNCTION risk_of_new();
--> statement-breakpoint
CREATE FUNCTION risk_of_changed() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
  PERFORM refresh_risks(ARRAY[NEW.id]);
  RETURN NULL;
END $$;
--> statement-breakpoint
-- At once, because what can be used again must never have the score of what cannot.
CREATE TRIGGER risk AFTER UPDATE OF enabled, ttl_ms, created_at, expires_at, kind ON tokens
  FOR EACH ROW WHEN ((OLD.enabled, OLD.ttl_ms, OLD.created_at, OLD.expires_at, OLD.kind)
    IS DISTINCT FROM (NEW.enabled, NEW.ttl_ms, NEW.created_at, NEW.expires_at, NEW.kind))
  EXECUTE FUNCTION risk_of_changed();
--> statement-breakpoint
-- A person may have very many tokens: theirs are computed by the sweep.
CREATE FUNCTION risk_of_owner() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO risk_owners (owner_id) VALUES (NEW.id)
    ON CONFLICT (owner_id) DO UPDATE SET after_id = 0;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER risk AFTER UPDATE OF enabled, role ON users
  FOR EACH ROW WHEN (OLD.enabled <> NEW.enabled OR OLD.role <> NEW.role)
  EXECUTE FUNCTION risk_of_owner();
--> statement-breakpoint
INSERT INTO risk_policy (id, ttl_ms_max) SELECT 1, token_ttl_ms_max();

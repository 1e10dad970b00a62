CREATE TABLE "audit_chain" (
	"id" integer PRIMARY KEY NOT NULL,
	"seq" bigint NOT NULL,
	"hash" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "audit_events" (
	"seq" bigint PRIMARY KEY NOT NULL,
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
);
--> statement-breakpoint
CREATE TABLE "settings" (
	"name" text PRIMARY KEY NOT NULL,
	"value" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "sign_in_failures" (
	"key" text PRIMARY KEY NOT NULL,
	"failures" integer NOT NULL,
	"window_ends_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "token_uses" (
	"token_id" bigint PRIMARY KEY NOT NULL,
	"last_used_at" timestamp (0) with time zone DEFAULT '-infinity' NOT NULL,
	"address" text,
	"user_agent" text
);
--> statement-breakpoint
CREATE TABLE "tokens" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "tokens_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"name" text NOT NULL,
	"uid" uuid DEFAULT gen_random_uuid() NOT NULL,
	"owner_id" text NOT NULL,
	"owner_principal" jsonb NOT NULL,
	"kind" text NOT NULL,
	"description" text NOT NULL,
	"ttl_ms" bigint NOT NULL,
	"enabled" boolean NOT NULL,
	"hash" text NOT NULL,
	"labels" jsonb NOT NULL,
	"annotations" jsonb NOT NULL,
	"created_at" timestamp (0) with time zone NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (0) with time zone NOT NULL,
	"resource_version" bigint NOT NULL,
	"idempotency_key" uuid,
	CONSTRAINT "tokens_name_unique" UNIQUE("name")
);
--> statement-breakpoint
CREATE TABLE "users" (
	"id" text PRIMARY KEY NOT NULL,
	"username" text NOT NULL,
	"password_hash" text,
	"role" text NOT NULL,
	"enabled" boolean DEFAULT true NOT NULL,
	"created_at" timestamp (0) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "token_uses" ADD CONSTRAINT "token_uses_token_id_tokens_id_fk" FOREIGN KEY ("token_id") REFERENCES "public"."tokens"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tokens" ADD CONSTRAINT "tokens_owner_id_users_id_fk" FOREIGN KEY ("owner_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "audit_events_object" ON "audit_events" USING btree ("object_kind","object_name","seq");--> statement-breakpoint
CREATE INDEX "audit_events_owner" ON "audit_events" USING btree ("owner_id","seq");--> statement-breakpoint
CREATE INDEX "audit_events_actor" ON "audit_events" USING btree ("actor_id","seq");--> statement-breakpoint
CREATE INDEX "token_uses_last_used" ON "token_uses" USING btree ("last_used_at","token_id");--> statement-breakpoint
CREATE INDEX "tokens_created" ON "tokens" USING btree ("created_at","id");--> statement-breakpoint
CREATE INDEX "tokens_created_derived" ON "tokens" USING btree ("created_at","id") WHERE "tokens"."kind" <> 'session';--> statement-breakpoint
CREATE INDEX "tokens_owner_created" ON "tokens" USING btree ("owner_id","created_at","id");--> statement-breakpoint
CREATE INDEX "tokens_owner_name" ON "tokens" USING btree ("owner_id","name");--> statement-breakpoint
CREATE INDEX "tokens_expires" ON "tokens" USING btree ("expires_at","id");--> statement-breakpoint
CREATE INDEX "tokens_state" ON "tokens" USING btree ("enabled","expires_at","id");--> statement-breakpoint
CREATE INDEX "tokens_kind" ON "tokens" USING btree ("kind","id");--> statement-breakpoint
CREATE INDEX "tokens_description" ON "tokens" USING btree ((lower(left("description", 64)) collate "C"),"id");--> statement-breakpoint
CREATE UNIQUE INDEX "tokens_idempotency_key" ON "tokens" USING btree ("owner_id","idempotency_key") WHERE "tokens"."idempotency_key" is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "users_username_key" ON "users" USING btree ((lower("username") collate "C"),"id");--> statement-breakpoint
CREATE UNIQUE INDEX "users_username_unique" ON "users" USING btree (lower("username"));
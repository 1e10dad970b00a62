DROP INDEX "users_username_key";--> statement-breakpoint
ALTER TABLE "users" ADD COLUMN "name_key" text collate "C" GENERATED ALWAYS AS (lower(username)) STORED NOT NULL;--> statement-breakpoint
ALTER TABLE "users" ADD CONSTRAINT "users_id_name_key" UNIQUE("id","name_key");--> statement-breakpoint
ALTER TABLE "tokens" ADD COLUMN "owner_key" text collate "C";--> statement-breakpoint
UPDATE "tokens" SET "owner_key" = "name_key" FROM "users" WHERE "users"."id" = "owner_id";--> statement-breakpoint
ALTER TABLE "tokens" ALTER COLUMN "owner_key" SET NOT NULL;--> statement-breakpoint
ALTER TABLE "tokens" DROP CONSTRAINT "tokens_owner_id_users_id_fk";--> statement-breakpoint
ALTER TABLE "tokens" ADD CONSTRAINT "tokens_owner" FOREIGN KEY ("owner_id","owner_key") REFERENCES "public"."users"("id","name_key") ON DELETE cascade ON UPDATE cascade;--> statement-breakpoint
CREATE INDEX "tokens_owner_key" ON "tokens" USING btree ("owner_key","id");

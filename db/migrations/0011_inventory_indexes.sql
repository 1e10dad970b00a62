CREATE INDEX "tokens_sessions_created" ON "tokens" USING btree ("created_at","id") WHERE "tokens"."kind" = 'session';--> statement-breakpoint
CREATE INDEX "tokens_sessions_state" ON "tokens" USING btree ("enabled","expires_at","id") WHERE "tokens"."kind" = 'session';--> statement-breakpoint
CREATE INDEX "tokens_sessions_description" ON "tokens" USING btree ((lower(left("description", 64)) collate "C"),"id") WHERE "tokens"."kind" = 'session';--> statement-breakpoint
CREATE INDEX "users_role" ON "users" USING btree ("role");--> statement-breakpoint
CREATE INDEX "users_enabled" ON "users" USING btree ("enabled");
-- Tells every process what has changed once the change has committed, in commit order.
-- Names and ids only: whoever may connect may listen.
CREATE FUNCTION announce_token() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('latchkey', 'token ' || coalesce(NEW.name, OLD.name));
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE FUNCTION announce_user() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('latchkey', 'user ' || OLD.id);
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE FUNCTION announce_settings() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('latchkey', 'settings');
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER announce AFTER INSERT OR UPDATE OR DELETE ON tokens
  FOR EACH ROW EXECUTE FUNCTION announce_token();
--> statement-breakpoint
CREATE TRIGGER announce AFTER UPDATE OR DELETE ON users
  FOR EACH ROW EXECUTE FUNCTION announce_user();
--> statement-breakpoint
CREATE TRIGGER announce AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON settings
  FOR EACH STATEMENT EXECUTE FUNCTION announce_settings();

ALTER TABLE "decisions" ADD COLUMN "first_changes" integer;--> statement-breakpoint
ALTER TABLE "decisions" ADD CONSTRAINT "decisions_canary_size" CHECK (decision <> 'approved-canary' or coalesce(first_changes, 0) > 0);--> statement-breakpoint
INSERT INTO "schema_versions" ("number", "oldest_code") VALUES (9, 8);

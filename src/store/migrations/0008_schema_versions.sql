CREATE TABLE "schema_versions" (
	"number" integer PRIMARY KEY NOT NULL,
	"oldest_code" integer NOT NULL,
	CONSTRAINT "schema_versions_order" CHECK (oldest_code <= number)
);
--> statement-breakpoint
-- Older programs do not read this table: they stop at any schema newer than their own.
INSERT INTO "schema_versions" ("number", "oldest_code") VALUES (8, 8);

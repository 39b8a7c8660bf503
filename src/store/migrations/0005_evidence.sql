CREATE TABLE "audit_exports" (
	"key_hash" text PRIMARY KEY NOT NULL,
	"made_for" json NOT NULL,
	"records" bigint NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"taken_at" timestamp with time zone
);

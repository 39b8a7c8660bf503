CREATE TABLE "scans" (
	"kind" text NOT NULL,
	"source_tenant_id" text NOT NULL,
	"target_tenant_id" text NOT NULL,
	"runner" text,
	"leased_until" timestamp with time zone,
	"done" integer DEFAULT 0 NOT NULL,
	"total" integer DEFAULT 0 NOT NULL,
	"result" json,
	"asked_by" json,
	"scanned_at" timestamp with time zone,
	CONSTRAINT "scans_kind_source_tenant_id_target_tenant_id_pk" PRIMARY KEY("kind","source_tenant_id","target_tenant_id")
);

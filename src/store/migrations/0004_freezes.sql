CREATE TABLE "freezes" (
	"source_tenant_id" text NOT NULL,
	"target_tenant_id" text NOT NULL,
	"id" text NOT NULL,
	"owner_tenant_id" text NOT NULL,
	"frozen_by" json NOT NULL,
	"reason" text NOT NULL,
	"frozen_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "freezes_source_tenant_id_target_tenant_id_pk" PRIMARY KEY("source_tenant_id","target_tenant_id")
);
--> statement-breakpoint
ALTER TABLE "change_runs" ADD COLUMN "sealed" text;--> statement-breakpoint
ALTER TABLE "plans" ADD COLUMN "stop_asked_by" json;--> statement-breakpoint
ALTER TABLE "plans" ADD COLUMN "stop_asked_at" timestamp with time zone;
CREATE SEQUENCE "public"."incident_number" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1;--> statement-breakpoint
CREATE TABLE "incidents" (
	"id" text PRIMARY KEY NOT NULL,
	"source_tenant_id" text NOT NULL,
	"target_tenant_id" text NOT NULL,
	"kind" text NOT NULL,
	"state" text NOT NULL,
	"facts" json NOT NULL,
	"opened_at" timestamp with time zone DEFAULT now() NOT NULL,
	"changed_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "subscriptions" (
	"conversation_id" text NOT NULL,
	"source_tenant_id" text NOT NULL,
	"target_tenant_id" text NOT NULL,
	"severity" text NOT NULL,
	"subscribed_by" json NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"muted_until" timestamp with time zone,
	"state" text DEFAULT 'active' NOT NULL,
	CONSTRAINT "subscriptions_conversation_id_source_tenant_id_target_tenant_id_pk" PRIMARY KEY("conversation_id","source_tenant_id","target_tenant_id")
);
--> statement-breakpoint
CREATE TABLE "watch_states" (
	"source_tenant_id" text NOT NULL,
	"target_tenant_id" text NOT NULL,
	"version" integer NOT NULL,
	"snapshot" json,
	"failures" integer DEFAULT 0 NOT NULL,
	"looked_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "watch_states_source_tenant_id_target_tenant_id_pk" PRIMARY KEY("source_tenant_id","target_tenant_id")
);
--> statement-breakpoint
CREATE UNIQUE INDEX "incidents_one_open_per_kind" ON "incidents" USING btree ("source_tenant_id","target_tenant_id","kind") WHERE state = 'open';
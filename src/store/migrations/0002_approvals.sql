CREATE TABLE "plan_questions" (
	"plan_id" text NOT NULL,
	"number" integer NOT NULL,
	"revision" integer NOT NULL,
	"for_tenant_id" text NOT NULL,
	"person_tenant_id" text NOT NULL,
	"person_object_id" text NOT NULL,
	"person_name" text NOT NULL,
	"question" text NOT NULL,
	"asked_at" timestamp with time zone DEFAULT now() NOT NULL,
	"answer" text,
	"answered_at" timestamp with time zone,
	CONSTRAINT "plan_questions_plan_id_number_pk" PRIMARY KEY("plan_id","number")
);
--> statement-breakpoint
CREATE TABLE "taken_messages" (
	"conversation_id" text NOT NULL,
	"activity_id" text NOT NULL,
	"is_answered" boolean DEFAULT false NOT NULL,
	"taken_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "taken_messages_conversation_id_activity_id_pk" PRIMARY KEY("conversation_id","activity_id")
);
--> statement-breakpoint
ALTER TABLE "cards" ADD COLUMN "replaced_activity_id" text;--> statement-breakpoint
ALTER TABLE "cards" ADD COLUMN "dead_reason" text;--> statement-breakpoint
ALTER TABLE "conversations" ADD COLUMN "time_zone" text;--> statement-breakpoint
ALTER TABLE "conversations" ADD COLUMN "consent_activity_id" text;--> statement-breakpoint
ALTER TABLE "plans" ADD COLUMN "is_destructive" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "plans" ADD COLUMN "reminded_at" timestamp with time zone;--> statement-breakpoint
CREATE INDEX "taken_messages_age" ON "taken_messages" USING btree ("taken_at");--> statement-breakpoint
CREATE UNIQUE INDEX "plans_one_open_destructive" ON "plans" USING btree ("source_tenant_id","target_tenant_id") WHERE is_destructive and state in ('submitted', 'approved', 'applying', 'needs-attention');--> statement-breakpoint
CREATE UNIQUE INDEX "plans_one_open_per_digest" ON "plans" USING btree ("source_tenant_id","target_tenant_id","digest") WHERE state in ('submitted', 'approved', 'applying');
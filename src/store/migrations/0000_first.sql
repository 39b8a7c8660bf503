CREATE SEQUENCE "public"."plan_number" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1;--> statement-breakpoint
CREATE TABLE "audit" (
	"sequence" bigint PRIMARY KEY NOT NULL,
	"at" text NOT NULL,
	"event" text NOT NULL,
	"plan_id" text,
	"actor_tenant_id" text,
	"actor_object_id" text,
	"record" text NOT NULL,
	"previous_hash" text NOT NULL,
	"hash" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "cards" (
	"id" text PRIMARY KEY NOT NULL,
	"plan_id" text NOT NULL,
	"role" text NOT NULL,
	"tenant_id" text NOT NULL,
	"person_tenant_id" text DEFAULT '' NOT NULL,
	"person_object_id" text DEFAULT '' NOT NULL,
	"conversation_id" text NOT NULL,
	"activity_id" text,
	"wanted_version" integer NOT NULL,
	"sent_version" integer DEFAULT 0 NOT NULL,
	"state" text NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"not_before" timestamp with time zone DEFAULT now() NOT NULL,
	"lease_until" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "change_runs" (
	"plan_id" text NOT NULL,
	"step_index" integer NOT NULL,
	"change_index" integer NOT NULL,
	"state" text NOT NULL,
	"operation" text NOT NULL,
	"attempt" integer NOT NULL,
	"client_request_id" text,
	"before" json NOT NULL,
	"request_ids" json NOT NULL,
	"outcome" json,
	"resolved" json,
	"error" json,
	"fence" bigint NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "change_runs_plan_id_step_index_change_index_pk" PRIMARY KEY("plan_id","step_index","change_index")
);
--> statement-breakpoint
CREATE TABLE "consents" (
	"state_hash" text PRIMARY KEY NOT NULL,
	"tenant_id" text NOT NULL,
	"pack" text NOT NULL,
	"requested_by" json NOT NULL,
	"conversation_id" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"used_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "conversations" (
	"conversation_id" text PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"service_url" text NOT NULL,
	"tenant_id" text NOT NULL,
	"bot_id" text NOT NULL,
	"person_tenant_id" text,
	"person_object_id" text,
	"person_name" text,
	"teams_user_id" text,
	"is_welcomed" boolean DEFAULT false NOT NULL,
	"is_gone" boolean DEFAULT false NOT NULL,
	"seen_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "decisions" (
	"plan_id" text NOT NULL,
	"revision" integer NOT NULL,
	"for_tenant_id" text NOT NULL,
	"person_tenant_id" text NOT NULL,
	"person_object_id" text NOT NULL,
	"person_name" text NOT NULL,
	"decision" text NOT NULL,
	"reason" text,
	"authority" text NOT NULL,
	"surface" text NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "decisions_plan_id_revision_for_tenant_id_person_tenant_id_person_object_id_pk" PRIMARY KEY("plan_id","revision","for_tenant_id","person_tenant_id","person_object_id")
);
--> statement-breakpoint
CREATE TABLE "desired_states" (
	"source_tenant_id" text NOT NULL,
	"target_tenant_id" text NOT NULL,
	"version" integer NOT NULL,
	"desired" json NOT NULL,
	"plan_id" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "desired_states_source_tenant_id_target_tenant_id_version_pk" PRIMARY KEY("source_tenant_id","target_tenant_id","version")
);
--> statement-breakpoint
CREATE TABLE "invitations" (
	"code_hash" text PRIMARY KEY NOT NULL,
	"tenant_id" text NOT NULL,
	"invited_by" json NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"used_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "links" (
	"source_tenant_id" text NOT NULL,
	"target_tenant_id" text NOT NULL,
	"origin" text NOT NULL,
	"resolved" json NOT NULL,
	"seen_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "links_source_tenant_id_target_tenant_id_pk" PRIMARY KEY("source_tenant_id","target_tenant_id")
);
--> statement-breakpoint
CREATE TABLE "nonces" (
	"nonce_hash" text PRIMARY KEY NOT NULL,
	"plan_id" text NOT NULL,
	"revision" integer NOT NULL,
	"person_tenant_id" text NOT NULL,
	"person_object_id" text NOT NULL,
	"for_tenant_id" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "plans" (
	"id" text PRIMARY KEY NOT NULL,
	"state" text NOT NULL,
	"revision" integer NOT NULL,
	"kind" text NOT NULL,
	"source_tenant_id" text NOT NULL,
	"target_tenant_id" text NOT NULL,
	"requester_tenant_id" text NOT NULL,
	"requester_object_id" text NOT NULL,
	"content" json NOT NULL,
	"digest" text NOT NULL,
	"tier" text NOT NULL,
	"tier_raise" text,
	"reason" text,
	"ending" json,
	"asked_in_conversation_id" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"submitted_at" timestamp with time zone,
	"expires_at" timestamp with time zone,
	"approved_at" timestamp with time zone,
	"start_by" timestamp with time zone,
	"started_at" timestamp with time zone,
	"window_ends_at" timestamp with time zone,
	"finished_at" timestamp with time zone,
	"fence" bigint DEFAULT 0 NOT NULL,
	"lease_until" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "presses" (
	"id" text PRIMARY KEY NOT NULL,
	"activity_id" text NOT NULL,
	"person_tenant_id" text NOT NULL,
	"person_object_id" text NOT NULL,
	"plan_id" text NOT NULL,
	"revision" integer NOT NULL,
	"verb" text NOT NULL,
	"request" json NOT NULL,
	"outcome" json,
	"received_at" timestamp with time zone DEFAULT now() NOT NULL,
	"done_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "quorums" (
	"plan_id" text NOT NULL,
	"revision" integer NOT NULL,
	"tenant_id" text NOT NULL,
	"needed" integer NOT NULL,
	"candidates" json NOT NULL,
	CONSTRAINT "quorums_plan_id_revision_tenant_id_pk" PRIMARY KEY("plan_id","revision","tenant_id")
);
--> statement-breakpoint
CREATE TABLE "reads" (
	"id" text PRIMARY KEY NOT NULL,
	"command" text NOT NULL,
	"person_tenant_id" text NOT NULL,
	"person_object_id" text NOT NULL,
	"conversation_id" text NOT NULL,
	"activity_id" text,
	"state" text NOT NULL,
	"replica" text NOT NULL,
	"started_at" timestamp with time zone DEFAULT now() NOT NULL,
	"finished_at" timestamp with time zone
);
--> statement-breakpoint
CREATE INDEX "audit_plan" ON "audit" USING btree ("plan_id","sequence");--> statement-breakpoint
CREATE UNIQUE INDEX "cards_one_per_reader" ON "cards" USING btree ("plan_id","role","tenant_id","person_tenant_id","person_object_id","conversation_id");--> statement-breakpoint
CREATE INDEX "cards_due" ON "cards" USING btree ("not_before") WHERE wanted_version > sent_version and state <> 'dead';--> statement-breakpoint
CREATE INDEX "conversations_person" ON "conversations" USING btree ("person_tenant_id","person_object_id");--> statement-breakpoint
CREATE INDEX "nonces_reader" ON "nonces" USING btree ("plan_id","person_object_id");--> statement-breakpoint
CREATE UNIQUE INDEX "plans_one_applying_per_link" ON "plans" USING btree ("source_tenant_id","target_tenant_id") WHERE state = 'applying';--> statement-breakpoint
CREATE INDEX "plans_state" ON "plans" USING btree ("state");--> statement-breakpoint
CREATE INDEX "plans_link" ON "plans" USING btree ("source_tenant_id","target_tenant_id","created_at");--> statement-breakpoint
CREATE UNIQUE INDEX "presses_once_per_activity" ON "presses" USING btree ("person_tenant_id","person_object_id","activity_id");--> statement-breakpoint
CREATE UNIQUE INDEX "presses_one_in_flight" ON "presses" USING btree ("person_tenant_id","person_object_id","plan_id","revision","verb") WHERE outcome is null;--> statement-breakpoint
CREATE FUNCTION "audit_is_insert_only"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'audit records are never changed or removed' USING ERRCODE = 'insufficient_privilege';
END $$;--> statement-breakpoint
CREATE TRIGGER "audit_no_update" BEFORE UPDATE OR DELETE ON "audit" FOR EACH ROW EXECUTE FUNCTION "audit_is_insert_only"();--> statement-breakpoint
CREATE TRIGGER "audit_no_truncate" BEFORE TRUNCATE ON "audit" FOR EACH STATEMENT EXECUTE FUNCTION "audit_is_insert_only"();

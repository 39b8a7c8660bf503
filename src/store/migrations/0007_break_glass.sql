CREATE TABLE "break_glass" (
	"plan_id" text NOT NULL,
	"revision" integer NOT NULL,
	"person_tenant_id" text NOT NULL,
	"person_object_id" text NOT NULL,
	"person_name" text NOT NULL,
	"reason" text NOT NULL,
	"opened_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "break_glass_plan_id_revision_person_tenant_id_person_object_id_pk" PRIMARY KEY("plan_id","revision","person_tenant_id","person_object_id"),
	CONSTRAINT "break_glass_person_lower" CHECK (person_tenant_id = lower(person_tenant_id) and person_object_id = lower(person_object_id)),
	CONSTRAINT "break_glass_reason" CHECK (length(reason) > 0)
);

CREATE TABLE "sends" (
	"conversation_id" text NOT NULL,
	"tenant_id" text NOT NULL,
	"at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "plans" ADD COLUMN "paused_while" text;--> statement-breakpoint
ALTER TABLE "plans" ADD COLUMN "paused_until" timestamp with time zone;--> statement-breakpoint
CREATE INDEX "sends_thread" ON "sends" USING btree ("conversation_id","at");--> statement-breakpoint
CREATE INDEX "sends_tenant" ON "sends" USING btree ("tenant_id","at");--> statement-breakpoint
CREATE INDEX "sends_age" ON "sends" USING btree ("at");--> statement-breakpoint
INSERT INTO "schema_versions" ("number", "oldest_code") VALUES (10, 8);

DROP INDEX "presses_one_in_flight";--> statement-breakpoint
CREATE UNIQUE INDEX "presses_same_in_flight" ON "presses" USING btree ("person_tenant_id","person_object_id",md5(request::text)) WHERE outcome is null;--> statement-breakpoint
INSERT INTO "schema_versions" ("number", "oldest_code") VALUES (11, 8);

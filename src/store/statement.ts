/** The tag with which statements are put together; the job queue needs it to run inside our transactions. */
export { sql as statementTag } from 'drizzle-orm';

export { defaultDeletionGuard, deletionGuardOf, type DeletionGuard } from '../engine/deletion-guard';

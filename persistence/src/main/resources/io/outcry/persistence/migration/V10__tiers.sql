-- Which limits on requests hold for an account; what each tier's are is a setting of the replicas.
ALTER TABLE users
    ADD COLUMN tier text COLLATE "C" NOT NULL DEFAULT 'standard' CHECK (tier ~ '^[a-z0-9-]{1,32}$');

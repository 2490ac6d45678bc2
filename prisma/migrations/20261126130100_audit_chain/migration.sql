-- The head of an audit chain only moves on, and never goes away.
CREATE FUNCTION audit_chain_only_grows() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' THEN
    IF NEW.chain = OLD.chain AND NEW.last_seq > OLD.last_seq THEN RETURN NEW; END IF;
  END IF;
  RAISE EXCEPTION 'audit_chain only grows';
END $$;
CREATE TRIGGER audit_chain_moves_on BEFORE UPDATE ON "audit_chain"
  FOR EACH ROW EXECUTE FUNCTION audit_chain_only_grows();
CREATE TRIGGER audit_chain_stays BEFORE DELETE OR TRUNCATE ON "audit_chain"
  FOR EACH STATEMENT EXECUTE FUNCTION audit_chain_only_grows();

-- The log's own order, as its page reads it.
CREATE INDEX "audit_event_at_chain_seq_idx" ON "audit_event"("at", "chain", "seq");
DROP INDEX "audit_event_at_idx";

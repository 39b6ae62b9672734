CREATE INDEX audit_subject ON audit (tenant_id, subject, seq);
CREATE INDEX audit_action ON audit (tenant_id, action, seq);
CREATE INDEX audit_actor ON audit (tenant_id, actor, seq);

-- The payment that was begun last for an invoice by a gateway that is known by its name.
CREATE TABLE open_intents (
    tenant_id uuid NOT NULL,
    mode text NOT NULL,
    provider text NOT NULL,
    invoice text NOT NULL,
    payment_id uuid NOT NULL,
    PRIMARY KEY (tenant_id, mode, provider, invoice)
);

-- Counts the changes of a row, so that the node that has it need not read it again to change it.
ALTER TABLE deliveries ADD COLUMN version integer NOT NULL DEFAULT 0;

-- What nodes tell each other of destinations: a pause that one asked for, or that one fails. At most two rows a destination; those whose time is over go with the next that is told.
CREATE TABLE lane_warnings (
    lane_id uuid NOT NULL,
    asked boolean NOT NULL,
    until timestamptz NOT NULL,
    told_by uuid NOT NULL,
    PRIMARY KEY (lane_id, asked)
);

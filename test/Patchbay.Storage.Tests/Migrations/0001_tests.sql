CREATE TABLE accounts (
    id uuid PRIMARY KEY,
    name text NOT NULL UNIQUE,
    balance bigint NOT NULL
);

CREATE TABLE samples (
    id uuid PRIMARY KEY,
    word text,
    whole integer,
    big bigint,
    flag boolean,
    fraction double precision,
    moment timestamptz,
    bytes bytea,
    other uuid
);

CREATE TABLE notes (
    id uuid PRIMARY KEY,
    text text NOT NULL,
    version integer NOT NULL
);

-- The log of one service and what stands beside it. The log is the outbox.
CREATE TABLE log (
    one boolean PRIMARY KEY DEFAULT true CHECK (one),
    id uuid NOT NULL DEFAULT gen_random_uuid()
);
INSERT INTO log DEFAULT VALUES;

-- What happened here. Position order is commit order: no gaps, count(*) = max(position).
CREATE TABLE events (
    position bigint PRIMARY KEY,
    id uuid NOT NULL,
    stream text NOT NULL,
    type text NOT NULL,
    version smallint NOT NULL,
    subject uuid NOT NULL,
    recorded_at timestamptz NOT NULL,
    meta text NOT NULL,
    body text NOT NULL
);
CREATE INDEX events_stream ON events (stream, position);

-- What other services said, as received, in the order in which it was taken in.
CREATE TABLE kept (
    position bigint PRIMARY KEY,
    topic text NOT NULL,
    log_id uuid NOT NULL,
    source_position bigint NOT NULL,
    id uuid NOT NULL,
    type text NOT NULL,
    version smallint NOT NULL,
    subject uuid NOT NULL,
    recorded_at timestamptz NOT NULL,
    meta text NOT NULL,
    body text NOT NULL,
    UNIQUE (log_id, source_position)
);
CREATE INDEX kept_subject ON kept (subject, position);

CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME;
END $$;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON events
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON kept
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- The one way in. The caller holds the write lock and knows the head; both are made sure of.
CREATE FUNCTION append(
    head bigint, ids uuid[], streams text[], types text[], versions smallint[],
    subjects uuid[], recorded timestamptz[], metas text[], bodies text[]
) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(1);
    IF head <> (SELECT coalesce(max(position), 0) FROM events) THEN
        RAISE EXCEPTION 'the head of the log is not %', head;
    END IF;
    INSERT INTO events
    SELECT head + n, id, stream, type, version, subject, at, meta, body
    FROM unnest(ids, streams, types, versions, subjects, recorded, metas, bodies)
        WITH ORDINALITY AS new (id, stream, type, version, subject, at, meta, body, n)
    ORDER BY n;
END $$;

CREATE FUNCTION keep(
    topics text[], log_ids uuid[], source_positions bigint[], ids uuid[], types text[],
    versions smallint[], subjects uuid[], recorded timestamptz[], metas text[], bodies text[]
) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
DECLARE
    head bigint;
BEGIN
    PERFORM pg_advisory_xact_lock(1);
    SELECT coalesce(max(position), 0) INTO head FROM kept;
    INSERT INTO kept
    SELECT head + n, topic, log_id, source_position, id, type, version, subject, at, meta, body
    FROM unnest(topics, log_ids, source_positions, ids, types, versions, subjects, recorded,
                metas, bodies)
        WITH ORDINALITY AS new (topic, log_id, source_position, id, type, version, subject, at,
                                meta, body, n)
    ORDER BY n;
END $$;

-- Answers to commands, by the asker's key: asked twice is done once. Kept 30 days.
CREATE TABLE answers (
    actor uuid NOT NULL,
    operation text NOT NULL,
    key text NOT NULL,
    digest bytea NOT NULL,
    answer text NOT NULL,
    at timestamptz NOT NULL,
    PRIMARY KEY (actor, operation, key)
);
CREATE INDEX answers_at ON answers USING brin (at);

-- How far each partition of each foreign log has been taken in.
CREATE TABLE marks (
    log_id uuid NOT NULL,
    topic text NOT NULL,
    partition int NOT NULL,
    position bigint NOT NULL,
    PRIMARY KEY (log_id, topic, partition)
);

-- How current the views are: each foreign log is known as it was at this instant.
CREATE TABLE heard (
    context text PRIMARY KEY,
    log_id uuid NOT NULL,
    position bigint NOT NULL,
    as_of timestamptz NOT NULL
);

-- How far the log has been published; numbers are the last position sent, a partition each.
CREATE TABLE relay (
    one boolean PRIMARY KEY DEFAULT true CHECK (one),
    cursor bigint NOT NULL DEFAULT 0,
    numbers bigint[] NOT NULL DEFAULT '{}'
);
INSERT INTO relay DEFAULT VALUES;

-- What could not be handled, with what waits behind it; bytes are encrypted, kept 90 days.
CREATE TABLE aside (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    topic text NOT NULL,
    partition int NOT NULL,
    "offset" bigint NOT NULL,
    digest bytea NOT NULL,
    key bytea NOT NULL,
    reason text NOT NULL,
    behind boolean NOT NULL,
    attempts int NOT NULL DEFAULT 1,
    sealed bytea NOT NULL,
    at timestamptz NOT NULL,
    given_up boolean NOT NULL DEFAULT false, -- by an operator: its place is known, its bytes gone
    UNIQUE (topic, partition, "offset", digest)
);
CREATE INDEX aside_key ON aside (topic, key, id);

-- Sessions that identity has ended while their last token may still live, numbered as they arrive.
CREATE TABLE ended_sessions (
    session_id uuid PRIMARY KEY,
    at timestamptz NOT NULL,
    arrived bigint GENERATED ALWAYS AS IDENTITY
);
CREATE INDEX ended_sessions_arrived ON ended_sessions (arrived);

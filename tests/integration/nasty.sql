-- Names and shapes that break careless readers: quotes, spaces, reserved words, Unicode, long names, no keys.
CREATE SCHEMA "Odd ""Schema";
CREATE TYPE mood AS ENUM ('fine', 'sad');
CREATE DOMAIN price AS numeric(8,2);
CREATE DOMAIN discounted AS price;
CREATE TABLE "select" ("from" integer PRIMARY KEY, "group by" text, "quo""te" text, "semi;colon--" date);
INSERT INTO "select" VALUES (1, 'a', 'it''s', '2025-01-01'), (2, 'b; DROP TABLE x', NULL, '2025-06-30');
COMMENT ON TABLE "select" IS 'Rows of "select"';
COMMENT ON COLUMN "select"."group by" IS 'Which group';
CREATE TABLE "Odd ""Schema"."Täble 東京" ("naïve 😀" text, "UPPER" boolean);
INSERT INTO "Odd ""Schema"."Täble 東京" VALUES ('ünï', true), ('  ', false), ('', NULL);
CREATE TABLE a_table_whose_name_has_exactly_sixty_three_characters_in_it_ok_ (
    a_column_whose_name_has_exactly_sixty_three_characters_in_it_ok int);
CREATE TABLE parts (maker int, code text, label text, PRIMARY KEY (maker, code));
CREATE TABLE stock (id int PRIMARY KEY, maker int, code text, replaces int REFERENCES stock,
    FOREIGN KEY (maker, code) REFERENCES parts (maker, code));
CREATE TABLE airports (iata text PRIMARY KEY, city text);
CREATE TABLE flights (id int PRIMARY KEY, origin text REFERENCES airports, destination text REFERENCES airports);
CREATE TABLE kinds (m mood, p price, d discounted, t timetz, j jsonb, u uuid, i interval, arr int[], b bytea,
    f float4, n bigint, z timestamptz, w timestamp, c "char");
INSERT INTO kinds (m, p, d, n, z) VALUES ('sad', 1.5, 2, 9223372036854775807, '2025-01-01 00:00+02');
CREATE TABLE empty_one (id int, word text, day date);
CREATE TABLE wordy (id int, essay text, many text, status text, api_key text, "cardNumber" text, birth_date date);
INSERT INTO wordy SELECT g, repeat('long ', 100), 'word ' || g, 'state ' || g % 3, 'secret-canary', '4111', '1990-01-01'
    FROM generate_series(1, 2000) g;
CREATE VIEW cheap AS SELECT maker, code FROM parts;
CREATE MATERIALIZED VIEW counted AS SELECT count(*) AS n FROM wordy;
CREATE TABLE measured (day date, value int) PARTITION BY RANGE (day);
CREATE TABLE measured_2025 PARTITION OF measured FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
INSERT INTO measured VALUES ('2025-05-05', 5);
CREATE TABLE forbidden (id int, secret_word text);
CREATE TABLE half (seen text, unseen text);
INSERT INTO half VALUES ('yes', 'no-canary');
CREATE VIEW failing AS SELECT 1 / (seen = 'no')::int AS broken FROM half;
DROP ROLE IF EXISTS nasty_reader;
CREATE ROLE nasty_reader LOGIN PASSWORD 'reader';
GRANT USAGE ON SCHEMA public, "Odd ""Schema" TO nasty_reader;
GRANT SELECT ON ALL TABLES IN SCHEMA public, "Odd ""Schema" TO nasty_reader;
REVOKE SELECT ON forbidden, half FROM nasty_reader;
GRANT SELECT (seen) ON half TO nasty_reader;
ANALYZE;

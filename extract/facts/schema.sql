-- The rows of each article, and what of them is known by heart: made once, kept from build to build.

create table if not exists articles (
    article varchar primary key, title varchar, url varchar, publisher varchar, published date,
    sha256 varchar not null
);
comment on table articles is 'Articles whose rows are here, with the digest of the results that they came from';

create table if not exists statements (
    article varchar, published date, metric varchar, indicator varchar, name varchar, unit varchar,
    region varchar, place varchar, start date, "end" date, cumulative boolean, expected boolean,
    corrected boolean,
    bound varchar, value double, low double, high double, change double, change_unit varchar, basis varchar, base double,
    part_of varchar, same_as varchar, sentence varchar, "offset" integer
);
comment on table statements is 'What an article states of a metric, in the unit of its indicator; intervals half-open';

create table if not exists appearances (
    article varchar, published date, official varchar, name varchar, organization varchar, title varchar,
    status varchar, event varchar, date date, region varchar, level varchar, sentence varchar, "offset" integer
);
comment on table appearances is 'A person with one post in one article';

create table if not exists identities (article varchar, official varchar, person varchar);
comment on table identities is 'Which person an official of an article is';

create table if not exists bodies (person varchar, title varchar, organization varchar, body varchar);
comment on table bodies is 'What the body of a post is called in full, by how an article writes it; null: not at all';

create table if not exists indicators (id varchar, name varchar, english varchar, unit varchar, kind varchar);
comment on table indicators is 'The register of statistics that the series are of';

create table if not exists made (version varchar);
comment on table made is 'What the rows were made by: with other rules or another schema they are made anew';

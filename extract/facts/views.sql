-- What follows from the rows of `statements` and `appearances`. Made anew with each build.

-- Levels with a place and an interval, in order, forecasts and plans left out, and names that say of nothing
-- what they count (`国家`). What is stated first holds, and a later value that revises it: one that is not far
-- from it, or is said to correct it. One far from it is a contradiction, however late; one that is hedged or only
-- rounder (`超过6万亿元`) takes no place of an exact one. `latest` marks the statement that counts, of the article
-- published last; `revised` says that it differs from what was stated first.
create or replace view series as
with stated as (
    select *, coalesce(indicator, name) as series,
        first_value(value) over oldest as first_value,
        first_value(low) over oldest as first_low,
        first_value(high) over oldest as first_high
    from statements
    where value is not null and place is not null and start is not null and same_as is null
        and not expected and (indicator is not null or length(name) > 2)
    window oldest as (
        partition by coalesce(indicator, name), unit, place, start, "end", cumulative
        order by published nulls last, article, "offset"
    )
),
weighed as (
    select *,
        corrected or (low <= first_high and high >= first_low)
            or abs(value - first_value) < 0.05 * greatest(abs(value), abs(first_value)) as holds,
        low <= first_low and high >= first_high and high - low > first_high - first_low as vaguer
    from stated
)
select
    series, indicator, name, unit, region, place, start, "end", cumulative,
    bound, value, low, high, change, change_unit, basis, article, published, metric, sentence, "offset",
    row_number() over best = 1 as latest,
    first_value(value) over best <> first_value as revised
from weighed
window best as (
    partition by series, unit, place, start, "end", cumulative
    order by holds desc, bound <> 'exact', vaguer, published desc nulls last, article, "offset"
)
order by series, unit, place, start, "end", published, article, metric;

-- Two articles that state different values of one thing: further apart than rounding and hedges allow, and
-- not a later article's revision by less than a twentieth. An article's first statement is what it says of
-- the whole; parts of it may follow under the same name.
create or replace view contradictions as
with first as (
    select *, row_number() over (
        partition by series, unit, place, start, "end", cumulative, article order by "offset"
    ) as place_in_article
    from series
    where indicator is not null
)
select
    a.series, a.unit, a.place, a.start, a."end", a.value as value, b.value as other_value,
    a.article, a.published, a.metric, a.sentence,
    b.article as other_article, b.published as other_published, b.metric as other_metric,
    b.sentence as other_sentence
from first a
join first b
    on a.series = b.series and a.unit is not distinct from b.unit and a.place = b.place
    and a.start = b.start and a."end" = b."end" and a.cumulative = b.cumulative
    and a.article < b.article and a.place_in_article = 1 and b.place_in_article = 1
where (a.high < b.low or b.high < a.low)
    and not (
        a.published is distinct from b.published
        and abs(a.value - b.value) < 0.05 * greatest(abs(a.value), abs(b.value))
    )
order by all;

-- Figures that others of the article confirm: a level by its base and its change in percent, a total by
-- its parts. `agrees` is null where the wording leaves both open.
create or replace view witnesses as
select
    'change' as kind, article, metric, name, value, base * (1 + change / 100) as expected,
    abs(base * (1 + change / 100) - value) <= 0.002 * abs(value) + (high - low) / 2 as agrees
from statements
where value is not null and base is not null and change is not null and change_unit = '%'
union all
select
    'parts' as kind, t.article, t.metric, t.name, t.value, sum(p.value) as expected,
    sum(p.low) <= any_value(t.high) as agrees
from statements t
join statements p on p.article = t.article and p.part_of = t.metric and p.unit is not distinct from t.unit
where t.value is not null and p.value is not null and p.same_as is null
group by all
order by all;

-- A person with one post in one article, its body in full where that is known.
create or replace view careers as
select p.person, coalesce(b.body, a.organization) as body, a.*
from appearances a
join identities p on p.article = a.article and p.official = a.official
left join bodies b
    on b.person = p.person and b.title = a.title and b.organization is not distinct from a.organization;

-- One row for each post of a person, its body in full, with the first and the last article that says it.
create or replace view posts as
select
    person, name, body as organization, title,
    arg_max_null(region, length(coalesce(c.organization, ''))) as region,
    arg_max_null(level, length(coalesce(c.organization, ''))) as level,
    min(date) filter (event = 'appointed') as appointed,
    max(date) filter (event = 'removed') as removed,
    arg_max(status, (coalesce(published, date '0001-01-01'), c.article)) as status,
    min(published) as first_seen, max(published) as last_seen, count(distinct c.article) as articles,
    arg_max(c.article, (coalesce(published, date '0001-01-01'), c.article)) as article,
    arg_max(c.sentence, (coalesce(published, date '0001-01-01'), c.article)) as sentence
from careers c
group by person, name, body, title
order by person, first_seen, body, title;

-- Who took over from whom: holders of one post, one after the other; not those of whom nothing is said but that
-- they once had it.
create or replace view changes as
select * from (
    select
        organization, title, name,
        lag(name) over post as predecessor, coalesce(appointed, first_seen) as since, article, sentence
    from posts
    where organization is not null and (status <> 'former' or appointed is not null)
    window post as (
        partition by organization, title order by coalesce(appointed, first_seen) nulls last, person
    )
)
where predecessor is not null and predecessor <> name
order by organization, title, since, name;

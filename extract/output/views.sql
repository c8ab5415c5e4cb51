-- Levels with their interval, oldest first; what an article says again is left out.
create view metrics_by_period as
select
    coalesce(indicator, name) as measure, name, unit, scope, period_start, period_end, period, value, value_max, bound,
    change_direction, change_amount, change_unit, change_basis, article, article_title, article_published, sentence, part_of
from metrics
where value is not null and period_start is not null and same_as is null
order by measure, unit, scope, period_start, period_end, article_published, article;
comment on view metrics_by_period is
    'Levels of each statistic or name by unit, scope and interval (half-open), with article and sentence';

-- What the latest article that names a post of a person says of it, where that is not that it is over.
create view current_posts as
with latest as (
    select *, row_number() over (
        partition by name, organization, title
        order by article_published desc nulls last, (event = 'removed') desc nulls last, article, span_start
    ) as place
    from posts
)
select name, organization, title, status, event, region, level, article_published as as_of, article, article_title
from latest
where place = 1 and status <> 'former' and event is distinct from 'removed'
order by name, organization, title;
comment on view current_posts is
    'Posts that a name holds as of the latest article that says so; persons of one name are not told apart';

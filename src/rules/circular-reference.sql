-- Links that lead back to where they begin: a record to itself, or a circle. Each way below goes one step further than
-- the one before, or stays. Coders have circles of their own, and so have drafts. Where circles hang together, and some
-- of their events are more than 16 links apart, the place or the number of findings may differ from those of `check`.
with edges as (
    select coalesce(coder, '') as coder, case when status = 'draft' then 1 else 0 end as draft, verb,
        case when inverse then related_event_id else event_id end as origin,
        case when inverse then event_id else related_event_id end as target,
        event_id, file, line, ordinal
    from links
    where event_id is not null and (one_way or event_id = related_event_id)
),
way_1 as (
    select distinct coder, draft, verb, origin, target from edges where origin <> target
),
steps as (
    select coder, draft, verb, origin, target from edges where origin <> target
    union
    select coder, draft, verb, target, target from edges where origin <> target
),
way_2 as (
    select distinct way.coder, way.draft, way.verb, way.origin, step.target
    from way_1 as way
    join steps as step
        on step.coder = way.coder and step.draft = way.draft and step.verb = way.verb
        and step.origin = way.target
),
way_3 as (
    select distinct way.coder, way.draft, way.verb, way.origin, step.target
    from way_2 as way
    join steps as step
        on step.coder = way.coder and step.draft = way.draft and step.verb = way.verb
        and step.origin = way.target
),
way_4 as (
    select distinct way.coder, way.draft, way.verb, way.origin, step.target
    from way_3 as way
    join steps as step
        on step.coder = way.coder and step.draft = way.draft and step.verb = way.verb
        and step.origin = way.target
),
way_5 as (
    select distinct way.coder, way.draft, way.verb, way.origin, step.target
    from way_4 as way
    join steps as step
        on step.coder = way.coder and step.draft = way.draft and step.verb = way.verb
        and step.origin = way.target
),
way_6 as (
    select distinct way.coder, way.draft, way.verb, way.origin, step.target
    from way_5 as way
    join steps as step
        on step.coder = way.coder and step.draft = way.draft and step.verb = way.verb
        and step.origin = way.target
),
way_7 as (
    select distinct way.coder, way.draft, way.verb, way.origin, step.target
    from way_6 as way
    join steps as step
        on step.coder = way.coder and step.draft = way.draft and step.verb = way.verb
        and step.origin = way.target
),
way_8 as (
    select distinct way.coder, way.draft, way.verb, way.origin, step.target
    from way_7 as way
    join steps as step
        on step.coder = way.coder and step.draft = way.draft and step.verb = way.verb
        and step.origin = way.target
),
way_9 as (
    select distinct way.coder, way.draft, way.verb, way.origin, step.target
    from way_8 as way
    join steps as step
        on step.coder = way.coder and step.draft = way.draft and step.verb = way.verb
        and step.origin = way.target
),
way_10 as (
    select distinct way.coder, way.draft, way.verb, way.origin, step.target
    from way_9 as way
    join steps as step
        on step.coder = way.coder and step.draft = way.draft and step.verb = way.verb
        and step.origin = way.target
),
way_11 as (
    select distinct way.coder, way.draft, way.verb, way.origin, step.target
    from way_10 as way
    join steps as step
        on step.coder = way.coder and step.draft = way.draft and step.verb = way.verb
        and step.origin = way.target
),
way_12 as (
    select distinct way.coder, way.draft, way.verb, way.origin, step.target
    from way_11 as way
    join steps as step
        on step.coder = way.coder and step.draft = way.draft and step.verb = way.verb
        and step.origin = way.target
),
way_13 as (
    select distinct way.coder, way.draft, way.verb, way.origin, step.target
    from way_12 as way
    join steps as step
        on step.coder = way.coder and step.draft = way.draft and step.verb = way.verb
        and step.origin = way.target
),
way_14 as (
    select distinct way.coder, way.draft, way.verb, way.origin, step.target
    from way_13 as way
    join steps as step
        on step.coder = way.coder and step.draft = way.draft and step.verb = way.verb
        and step.origin = way.target
),
way_15 as (
    select distinct way.coder, way.draft, way.verb, way.origin, step.target
    from way_14 as way
    join steps as step
        on step.coder = way.coder and step.draft = way.draft and step.verb = way.verb
        and step.origin = way.target
),
way_16 as (
    select distinct way.coder, way.draft, way.verb, way.origin, step.target
    from way_15 as way
    join steps as step
        on step.coder = way.coder and step.draft = way.draft and step.verb = way.verb
        and step.origin = way.target
),
pairs as (
    select coder, draft, verb, least(origin, target) as one, greatest(origin, target) as other
    from way_16
    where origin <> target
    group by coder, draft, verb, least(origin, target), greatest(origin, target)
    having count(distinct origin) = 2
),
circles as (
    select coder, draft, verb, case when side = 0 then one else other end as event_id,
        min(one) as first_event
    from pairs
    cross join (select 0 as side union all select 1 as side) as sides
    group by coder, draft, verb, case when side = 0 then one else other end
),
found as (
    select edges.event_id, edges.file, edges.line,
        row_number() over (
            partition by edges.coder, edges.draft, edges.verb, begins.first_event
            order by edges.file, edges.line, edges.ordinal
        ) as place
    from edges
    join circles as begins
        on begins.coder = edges.coder and begins.draft = edges.draft and begins.verb = edges.verb
        and begins.event_id = edges.origin
    join circles as ends
        on ends.coder = edges.coder and ends.draft = edges.draft and ends.verb = edges.verb
        and ends.event_id = edges.target and ends.first_event = begins.first_event
    where edges.origin <> edges.target
    union all
    select event_id, file, line,
        row_number() over (
            partition by coder, draft, verb, origin order by file, line, ordinal
        ) as place
    from edges
    where origin = target
)
select 'circular-reference' as rule, event_id as event, file, line
from found
where place = 1

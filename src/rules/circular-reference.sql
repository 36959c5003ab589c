-- Links that lead back to where they begin: a record to itself, or a circle of at most 64 events. Each step below joins
-- ways to ways twice as long. Coders have circles of their own, and so have drafts.
with edges as (
    select coalesce(coder, '') as coder, case when status = 'draft' then 1 else 0 end as draft, verb,
        case when inverse then related_event_id else event_id end as origin,
        case when inverse then event_id else related_event_id end as target,
        event_id, file, line, ordinal
    from links
    where event_id is not null and (one_way or event_id = related_event_id)
),
reach_1 as (
    select distinct coder, draft, verb, origin, target from edges where origin <> target
),
reach_2 as (
    select * from reach_1
    union
    select one.coder, one.draft, one.verb, one.origin, two.target
    from reach_1 as one
    join reach_1 as two
        on one.coder = two.coder and one.draft = two.draft and one.verb = two.verb
        and one.target = two.origin
),
reach_4 as (
    select * from reach_2
    union
    select one.coder, one.draft, one.verb, one.origin, two.target
    from reach_2 as one
    join reach_2 as two
        on one.coder = two.coder and one.draft = two.draft and one.verb = two.verb
        and one.target = two.origin
),
reach_8 as (
    select * from reach_4
    union
    select one.coder, one.draft, one.verb, one.origin, two.target
    from reach_4 as one
    join reach_4 as two
        on one.coder = two.coder and one.draft = two.draft and one.verb = two.verb
        and one.target = two.origin
),
reach_16 as (
    select * from reach_8
    union
    select one.coder, one.draft, one.verb, one.origin, two.target
    from reach_8 as one
    join reach_8 as two
        on one.coder = two.coder and one.draft = two.draft and one.verb = two.verb
        and one.target = two.origin
),
reach_32 as (
    select * from reach_16
    union
    select one.coder, one.draft, one.verb, one.origin, two.target
    from reach_16 as one
    join reach_16 as two
        on one.coder = two.coder and one.draft = two.draft and one.verb = two.verb
        and one.target = two.origin
),
reach_64 as (
    select * from reach_32
    union
    select one.coder, one.draft, one.verb, one.origin, two.target
    from reach_32 as one
    join reach_32 as two
        on one.coder = two.coder and one.draft = two.draft and one.verb = two.verb
        and one.target = two.origin
),
circles as (
    select one.coder, one.draft, one.verb, one.origin, min(one.target) as first_event
    from reach_64 as one
    join reach_64 as back
        on one.coder = back.coder and one.draft = back.draft and one.verb = back.verb
        and one.origin = back.target and one.target = back.origin
    group by one.coder, one.draft, one.verb, one.origin
),
found as (
    select edges.event_id, edges.file, edges.line,
        row_number() over (
            partition by edges.coder, edges.draft, edges.verb, start.first_event
            order by edges.file, edges.line, edges.ordinal
        ) as place
    from edges
    join circles as start
        on start.coder = edges.coder and start.draft = edges.draft and start.verb = edges.verb
        and start.origin = edges.origin
    join circles as ending
        on ending.coder = edges.coder and ending.draft = edges.draft and ending.verb = edges.verb
        and ending.origin = edges.target and ending.first_event = start.first_event
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

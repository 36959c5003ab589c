select 'unadjudicated-event' as rule, event_id as event, file, line
from (
    select event_id, file, line,
        row_number() over (partition by event_id order by coder, file, line) as place
    from keys
    where event_id is not null and (status is null or status <> 'draft')
        and event_id not in (
            select event_id from keys where event_id is not null and coder is null
        )
) as of_event
where place = 1

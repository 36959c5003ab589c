-- A claimant whose name differs from that of an actor, a publisher or an earlier claimant only in look-alike letters,
-- once for each name.
with ordered as (
    select name_key, look_alike_key, is_claimant, event_id, file, line, ordinal,
        row_number() over (
            partition by look_alike_key
            order by case when is_claimant then 1 else 0 end, coalesce(file, ''), coalesce(line, 0), ordinal
        ) as place
    from names
),
found as (
    select ordered.event_id, ordered.file, ordered.line,
        row_number() over (
            partition by ordered.name_key order by ordered.file, ordered.line, ordered.ordinal
        ) as place
    from ordered
    join ordered as known on known.look_alike_key = ordered.look_alike_key and known.place = 1
    where ordered.is_claimant and ordered.name_key <> known.name_key
)
select 'misspelled-claimant' as rule, event_id as event, file, line
from found
where place = 1

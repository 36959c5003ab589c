-- A finished record keeps an id before a draft, and one read earlier before a later one.
select 'duplicate-id' as rule, event_id as event, file, line
from (
    select event_id, file, line,
        row_number() over (
            partition by event_id, coalesce(coder, '')
            order by case when status = 'draft' then 1 else 0 end, file, line
        ) as place
    from keys
    where event_id is not null
) as of_id
where place > 1

-- An id that ends in the name of a coder whom the dataset has, or that is another event's id with a name appended.
select 'id-mismatch' as rule, keys.event_id as event, keys.file, keys.line
from keys
left join (
    select coder from keys where coder is not null
    union
    select coded_by from keys where coded_by is not null
) as coders on keys.coder_in_id = coders.coder
left join (select distinct event_id from keys) as known on keys.id_before_coder = known.event_id
where coders.coder is not null or known.event_id is not null

select 'unknown-reference' as rule, links.event_id as event, links.file, links.line
from links
left join (select distinct event_id from keys) as known on links.related_event_id = known.event_id
where known.event_id is null

-- An entry that no record of any shard uses. A name that stands for nothing may be a slip for any entry, and a dataset
-- without records does not use its registries yet.
select 'unused-entry' as rule, entry as event, max(file) as file, max(line) as line
from entries
where registry is not null
    and exists (select 1 from keys)
    and not exists (select 1 from entries as any_entry where any_entry.registry is null)
group by registry, entry
having max(case when is_used then 1 else 0 end) = 0

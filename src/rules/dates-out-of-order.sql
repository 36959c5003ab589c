-- Dates of two countries may differ by a day because of time zones; those of one country do not.
with events as (
    select *
    from (
        select event_id, date_start, date_end, coalesce(country, '') as country,
            row_number() over (
                partition by event_id
                order by coalesce(coder, ''), case when status = 'draft' then 1 else 0 end, file, line
            ) as place
        from keys
        where event_id is not null
    ) as of_id
    where place = 1
),
pairs as (
    select links.event_id, links.file, links.line, links.date_order,
        this.date_start, this.date_end,
        that.date_start as other_start, that.date_end as other_end,
        coalesce(this.country, '') = that.country as is_one_clock
    from links
    join keys as this on this.file = links.file and this.line = links.record_line
    join events as that on that.event_id = links.related_event_id
)
select 'dates-out-of-order' as rule, event_id as event, file, line
from pairs
where date_order in ('before', 'same')
    and (other_end + interval 1 day < date_start or is_one_clock and other_end < date_start)
    or date_order in ('after', 'same')
    and (date_end + interval 1 day < other_start or is_one_clock and date_end < other_start)

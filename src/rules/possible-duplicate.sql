-- Records that have an id of another dataset in common, or that were found by the same block and are similar. Of each
-- block the last 16 records before one are compared with it; `members` counts them.
with answered as (
    select event_id, related_event_id as other_id from links where event_id is not null
    union
    select related_event_id as event_id, event_id as other_id from links where event_id is not null
),
of_one_id as (
    select event_id, file, line, ordinal,
        first_value(event_id) over (
            partition by scheme, id order by file, line, ordinal
        ) as other_id
    from ids
),
with_id as (
    select of_one_id.event_id, of_one_id.other_id, of_one_id.file, of_one_id.line,
        row_number() over (
            partition by of_one_id.event_id, of_one_id.other_id order by of_one_id.ordinal
        ) as place
    from of_one_id
    left join answered
        on answered.event_id = of_one_id.event_id and answered.other_id = of_one_id.other_id
    where of_one_id.event_id <> of_one_id.other_id and answered.event_id is null
),
counted as (
    select block, event_id, is_member, is_compared,
        cast(sum(case when is_member then 1 else 0 end) over (
            partition by block order by file, line rows between unbounded preceding and current row
        ) as bigint) as members
    from blocks
),
members as (
    select block, event_id, members as place, cast(floor(members / 16) as bigint) as part
    from counted
    where is_member
),
before as (
    select block, event_id, members - case when is_member then 1 else 0 end as place
    from counted
    where is_compared
),
near as (
    select distinct before.event_id, members.event_id as other_id
    from before
    cross join (select 0 as back union all select 1 as back) as parts
    join members
        on members.block = before.block
        and members.part = cast(floor(before.place / 16) as bigint) - parts.back
        and members.place between before.place - 15 and before.place
),
pairs as (
    select near.event_id, near.other_id
    from near
    left join answered on answered.event_id = near.event_id and answered.other_id = near.other_id
    left join with_id on with_id.event_id = near.event_id and with_id.other_id = near.other_id
    where answered.event_id is null and with_id.event_id is null
),
compared as (
    select pairs.event_id, pairs.other_id,
        coalesce(this.is_undirected and that.is_undirected, false) as is_undirected,
        case
            when this.has_place and that.has_place then 'place'
            when this.latitude is not null and that.latitude is not null
            then case
                when abs(this.latitude - that.latitude) < 2e-2
                    and abs(this.longitude - that.longitude) < 2e-2
                then 'same'
                else 'other'
            end
            when this.latitude is null and that.latitude is null
                and this.has_location = that.has_location and this.has_place = that.has_place
                and coalesce(this.country, '') = coalesce(that.country, '')
            then 'unknown'
            else 'other'
        end as site,
        coalesce(this.admin1_key <> that.admin1_key, false) as in_other_provinces
    from pairs
    join keys as this on this.event_id = pairs.event_id and this.is_compared
    join keys as that on that.event_id = pairs.other_id and that.is_compared
    where not coalesce(
        (that.time_end < this.time_start or this.time_end < that.time_start)
            and abs(this.time_start - that.time_start) > 3600,
        false
    )
),
counts as (
    select event_id, part, max(ordinal) as number
    from traits
    where event_id in (select event_id from compared union select other_id from compared)
    group by event_id, part
),
met as (
    select compared.event_id, compared.other_id, this.part,
        count(distinct this.ordinal) as number,
        count(distinct that.ordinal) as other_number,
        count(distinct case when this.value = that.value then that.ordinal end) as other_same
    from compared
    join traits as this on this.event_id = compared.event_id
    join traits as that
        on that.event_id = compared.other_id and that.part = this.part
        and (this.within = that.value or that.within = this.value)
    group by compared.event_id, compared.other_id, this.part
),
likeness as (
    select compared.event_id, compared.other_id, this.part, met.number is not null as is_met,
        case
            when this.number = that.number and met.other_same = that.number then 'same'
            when this.number < that.number and met.number = this.number then 'near'
            when this.number >= that.number and met.other_number = that.number then 'near'
            else 'other'
        end as likeness
    from compared
    join counts as this on this.event_id = compared.event_id
    join counts as that on that.event_id = compared.other_id and that.part = this.part
    left join met
        on met.event_id = compared.event_id and met.other_id = compared.other_id
        and met.part = this.part
),
parts as (
    select event_id, other_id,
        max(case when part = 'action' then likeness end) as action,
        max(case when part = 'actor' then likeness end) as actor,
        max(case when part = 'target' then likeness end) as target,
        max(case when part = 'side' then likeness end) as side,
        max(case when part = 'place' then likeness end) as place,
        max(case when part = 'source' and is_met then 1 else 0 end) as sources,
        max(case when part like 'field %' and not is_met then 1 else 0 end) as other_kinds
    from likeness
    group by event_id, other_id
),
judged as (
    select compared.event_id, parts.action, parts.sources, compared.in_other_provinces,
        case when compared.is_undirected then parts.side else parts.actor end as actor,
        case when compared.is_undirected then parts.side else parts.target end as target,
        case when compared.site = 'place' then parts.place else compared.site end as site
    from compared
    join parts on parts.event_id = compared.event_id and parts.other_id = compared.other_id
    where parts.other_kinds = 0
),
alike as (
    select distinct event_id
    from judged
    where action in ('same', 'near')
        and coalesce(actor, '') <> 'other'
        and coalesce(target, '') <> 'other'
        and case
            when site = 'other' then false
            when sources = 1 then not in_other_provinces
            when site = 'unknown'
            then action = 'same' and coalesce(actor, '') = 'same' and coalesce(target, '') = 'same'
            when site = 'near' then actor is not null or target is not null
            else actor is not null or target is not null or action = 'same'
        end
)
select 'possible-duplicate' as rule, event_id as event, file, line
from with_id
where place = 1
union all
select 'possible-duplicate' as rule, keys.event_id as event, keys.file, keys.line
from alike
join keys on keys.event_id = alike.event_id and keys.is_compared

-- Inpatient encounters that overlap or touch are one visit, with any others that last over night; all
-- other encounters are visits of their own. Visits are in the order of their days, the longer and then
-- the stronger class first; a class is the stronger the lower its concept is, but for concept 0.

create table chained as
  with candidate as (
    select *, START::date as first_day, STOP::date as last_day
    from encounter
    where visit_concept_id = 9201
       or visit_concept_id in (9202, 9203) and STOP::date > START::date),
  opened as (
    select *, first_day > 1 + max(last_day) over (
             partition by person_id order by first_day, last_day desc, visit_concept_id, Id
             rows between unbounded preceding and 1 preceding) as is_first
    from candidate)
  select *, sum(coalesce(is_first, true)::integer) over (
           partition by person_id order by first_day, last_day desc, visit_concept_id, Id
           rows unbounded preceding) as chain
  from opened;

create table chain as
  with days as (
    select *, min(first_day) over (partition by person_id, chain) as chain_start from chained)
  select person_id, chain, min(first_day) as visit_start_date, max(last_day) as visit_end_date,
         arg_min(Id, (first_day, -epoch(last_day), visit_concept_id, Id)) as Id,
         arg_min(ENCOUNTERCLASS, (visit_concept_id, first_day, -epoch(last_day), Id))
           as visit_source_value,
         case when bool_or(visit_concept_id = 9203 and first_day = chain_start)
                and bool_or(visit_concept_id = 9201) then 262
              else min(visit_concept_id) end as visit_concept_id
  from days group by person_id, chain;

create table visit as
  with one as (
    select Id, person_id, visit_concept_id, visit_start_date, visit_end_date, visit_source_value
    from chain
    union all
    select Id, person_id, visit_concept_id, START::date, STOP::date, ENCOUNTERCLASS
    from encounter where Id not in (select Id from chained)),
  numbered as (
    select * exclude (Id), event_id(person_id, 'visit', Id) as visit_occurrence_id from one)
  select *, lag(visit_occurrence_id) over (
           partition by person_id
           order by visit_start_date, visit_end_date desc, nullif(visit_concept_id, 0) nulls last,
             visit_occurrence_id)
           as preceding_visit_occurrence_id
  from numbered;

create table visit_of as
  select e.Id, e.person_id, e.visit_detail_id, e.provider_id,
         event_id(e.person_id, 'visit', coalesce(c.Id, e.Id)) as visit_occurrence_id
  from encounter e left join chained m on m.Id = e.Id
  left join chain c on c.person_id = m.person_id and c.chain = m.chain;

-- Eras of conditions and of ingredients, thirty days apart, and the time in which a person was seen.

create table condition_era as
  with occurrence as (
    select person_id, concept_id, start_date,
           greatest(start_date, coalesce(end_date, start_date + 1)) as end_date
    from event where cdm_table = 'condition_occurrence' and concept_id <> 0),
  opened as (
    select *, start_date > 30 + max(end_date) over (
             partition by person_id, concept_id order by start_date, end_date
             rows between unbounded preceding and 1 preceding) as is_first
    from occurrence),
  numbered as (
    select *, sum(coalesce(is_first, true)::integer) over (
             partition by person_id, concept_id order by start_date, end_date
             rows unbounded preceding) as era
    from opened)
  select person_id, concept_id, min(start_date) as start_date, max(end_date) as end_date,
         count(*) as occurrences
  from numbered group by person_id, concept_id, era;

-- Exposures that touch are one time of exposure; times of exposure make eras.
create table drug_era as
  with exposure as (
    select person_id, i.concept_id, start_date,
           greatest(start_date, coalesce(end_date, start_date + 1)) as end_date
    from event e join ingredient i on i.drug = e.concept_id
    where cdm_table = 'drug_exposure' and e.concept_id <> 0),
  touched as (
    select *, start_date > max(end_date) over (
             partition by person_id, concept_id order by start_date, end_date
             rows between unbounded preceding and 1 preceding) as is_first
    from exposure),
  counted as (
    select *, sum(coalesce(is_first, true)::integer) over (
             partition by person_id, concept_id order by start_date, end_date
             rows unbounded preceding) as part
    from touched),
  part as (
    select person_id, concept_id, min(start_date) as start_date, max(end_date) as end_date,
           count(*) as exposures, max(end_date) - min(start_date) as exposed
    from counted group by person_id, concept_id, part),
  opened as (
    select *, start_date > 30 + max(end_date) over (
             partition by person_id, concept_id order by start_date, end_date
             rows between unbounded preceding and 1 preceding) as is_first
    from part),
  numbered as (
    select *, sum(coalesce(is_first, true)::integer) over (
             partition by person_id, concept_id order by start_date, end_date
             rows unbounded preceding) as era
    from opened)
  select person_id, concept_id, min(start_date) as start_date, max(end_date) as end_date,
         sum(exposures) as exposures,
         max(end_date) - min(start_date) - sum(exposed) as gap_days
  from numbered group by person_id, concept_id, era;

create table observation_period as
  with seen as (
    select person_id, min(start_date) as first_day,
           max(case when cdm_table in ('measurement', 'observation') then start_date
                    else greatest(start_date, end_date) end) as last_day
    from event group by person_id
    union all
    select person_id, min(START::date), max(greatest(START, STOP)::date)
    from encounter group by person_id
    union all
    select person_id, min(visit_start_date), max(visit_end_date) from visit group by person_id)
  -- Nobody is observed before birth, after death or after the delivery.
  select person_id, greatest(min(first_day), any_value(BIRTHDATE)) as first_day,
         least(max(last_day), any_value(death_date), date '${delivered}') as last_day
  from seen join patient using (person_id)
  left join (
    select person_id, min(START::date) as death_date from encounter
    where death_cause is not null group by person_id) using (person_id)
  group by person_id;

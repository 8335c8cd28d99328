-- Every table as CSV, all fields of the CDM, in the order of its ids.

copy (
  select location_id, left(ADDRESS, 50) as address_1, null as address_2, left(CITY, 50) as city,
    STATE as state, replace(ZIP, '-', '') as zip, left(COUNTY, 20) as county,
    left(coalesce(ADDRESS, '') || ', ' || coalesce(CITY, ''), 50) as location_source_value,
    null as country_concept_id, null as country_source_value, null as latitude, null as longitude
  from location order by location_id) to '${output}/location.csv' (header);

copy (
  select row_number() over (order by o.Id) as care_site_id, left(NAME, 255) as care_site_name,
    null as place_of_service_concept_id, location_id, o.Id as care_site_source_value,
    null as place_of_service_source_value
  from organization o left join location l on same_place(l, o) and l.COUNTY is null
  order by care_site_id) to '${output}/care_site.csv' (header);

copy (
  select provider_id, left(NAME, 255) as provider_name, null as npi, null as dea,
    0 as specialty_concept_id, null as care_site_id, null as year_of_birth,
    case upper(GENDER) when 'M' then 8507 when 'F' then 8532 else 0 end as gender_concept_id,
    Id as provider_source_value, SPECIALITY as specialty_source_value,
    null as specialty_source_concept_id, GENDER as gender_source_value,
    null as gender_source_concept_id
  from provider order by provider_id) to '${output}/provider.csv' (header);

copy (
  select person_id,
    case upper(GENDER) when 'M' then 8507 when 'F' then 8532 else 0 end as gender_concept_id,
    year(BIRTHDATE) as year_of_birth, month(BIRTHDATE) as month_of_birth,
    day(BIRTHDATE) as day_of_birth, null as birth_datetime,
    case lower(RACE) when 'white' then 8527 when 'black' then 8516 when 'asian' then 8515
      else 0 end as race_concept_id,
    case lower(ETHNICITY) when 'hispanic' then 38003563 when 'nonhispanic' then 38003564
      else 0 end as ethnicity_concept_id,
    location_id, null as provider_id, null as care_site_id, null as person_source_value,
    GENDER as gender_source_value, null as gender_source_concept_id, RACE as race_source_value,
    null as race_source_concept_id, ETHNICITY as ethnicity_source_value,
    null as ethnicity_source_concept_id
  from patient p left join location l
    on same_place(l, p) and l.COUNTY is not distinct from p.COUNTY
  order by person_id) to '${output}/person.csv' (header);

copy (
  select event_id(person_id, 'enrolment', (START_YEAR, PAYER)) as payer_plan_period_id, person_id,
    START_YEAR::date as payer_plan_period_start_date, END_YEAR::date as payer_plan_period_end_date,
    null as payer_concept_id, PAYER as payer_source_value, null as payer_source_concept_id,
    null as plan_concept_id, y.NAME as plan_source_value, null as plan_source_concept_id,
    null as sponsor_concept_id, null as sponsor_source_value, null as sponsor_source_concept_id,
    null as family_source_value, null as stop_reason_concept_id, null as stop_reason_source_value,
    null as stop_reason_source_concept_id
  from read_csv(source('payer_transitions'), header = true, delim = ',', quote = '"',
    auto_detect = false, columns = {
      PATIENT: 'uuid', MEMBERID: 'varchar', START_YEAR: 'timestamp', END_YEAR: 'timestamp',
      PAYER: 'varchar', SECONDARY_PAYER: 'varchar', OWNERSHIP: 'varchar', OWNERNAME: 'varchar'}) t
  join patient p on p.Id = t.PATIENT join payer y on y.Id = t.PAYER
  order by payer_plan_period_id) to '${output}/payer_plan_period.csv' (header);

copy (
  select visit_occurrence_id, person_id, visit_concept_id, visit_start_date,
    null as visit_start_datetime, visit_end_date, null as visit_end_datetime,
    32827 as visit_type_concept_id, null as provider_id, null as care_site_id, visit_source_value,
    0 as visit_source_concept_id, null as admitted_from_concept_id,
    null as admitted_from_source_value, null as discharged_to_concept_id,
    null as discharged_to_source_value, preceding_visit_occurrence_id
  from visit order by visit_occurrence_id) to '${output}/visit_occurrence.csv' (header);

copy (
  select e.visit_detail_id, e.person_id, visit_concept_id as visit_detail_concept_id,
    START::date as visit_detail_start_date, START as visit_detail_start_datetime,
    STOP::date as visit_detail_end_date, STOP as visit_detail_end_datetime,
    32827 as visit_detail_type_concept_id, e.provider_id, null as care_site_id,
    ENCOUNTERCLASS as visit_detail_source_value, 0 as visit_detail_source_concept_id,
    null as admitted_from_concept_id, null as admitted_from_source_value,
    null as discharged_to_source_value, null as discharged_to_concept_id,
    null as preceding_visit_detail_id, null as parent_visit_detail_id, v.visit_occurrence_id
  from encounter e join visit_of v on v.visit_detail_id = e.visit_detail_id
  order by e.visit_detail_id) to '${output}/visit_detail.csv' (header);

copy (
  select person_id, START::date as death_date, START as death_datetime,
    32817 as death_type_concept_id, coalesce(r.concept_id, 0) as cause_concept_id,
    nullif(death_cause, '') as cause_source_value,
    coalesce(source_concept_id, 0) as cause_source_concept_id
  from encounter left join route r on r.vocabulary_id = 'SNOMED' and r.source_code = death_cause
    and r.slot = 0
  where death_cause is not null order by person_id) to '${output}/death.csv' (header);

copy (
  select event_id as condition_occurrence_id, person_id, concept_id as condition_concept_id,
    start_date as condition_start_date, start_datetime as condition_start_datetime,
    end_date as condition_end_date, end_datetime as condition_end_datetime,
    type_concept_id as condition_type_concept_id, null as condition_status_concept_id,
    null as stop_reason, provider_id, visit_occurrence_id, visit_detail_id,
    source_value as condition_source_value, source_concept_id as condition_source_concept_id,
    null as condition_status_source_value
  from event where cdm_table = 'condition_occurrence'
  order by event_id) to '${output}/condition_occurrence.csv' (header);

copy (
  select event_id as drug_exposure_id, person_id, concept_id as drug_concept_id,
    start_date as drug_exposure_start_date, start_datetime as drug_exposure_start_datetime,
    coalesce(end_date, start_date) as drug_exposure_end_date,
    end_datetime as drug_exposure_end_datetime, verbatim_end_date,
    type_concept_id as drug_type_concept_id, null as stop_reason, null as refills, null as quantity,
    days_supply, null as sig, null as route_concept_id, null as lot_number, provider_id,
    visit_occurrence_id, visit_detail_id, source_value as drug_source_value,
    source_concept_id as drug_source_concept_id, null as route_source_value,
    null as dose_unit_source_value
  from event where cdm_table = 'drug_exposure'
  order by event_id) to '${output}/drug_exposure.csv' (header);

copy (
  select event_id as procedure_occurrence_id, person_id, concept_id as procedure_concept_id,
    start_date as procedure_date, start_datetime as procedure_datetime,
    end_date as procedure_end_date, end_datetime as procedure_end_datetime,
    type_concept_id as procedure_type_concept_id, null as modifier_concept_id, null as quantity,
    provider_id, visit_occurrence_id, visit_detail_id, source_value as procedure_source_value,
    source_concept_id as procedure_source_concept_id, null as modifier_source_value
  from event where cdm_table = 'procedure_occurrence'
  order by event_id) to '${output}/procedure_occurrence.csv' (header);

copy (
  select event_id as device_exposure_id, person_id, concept_id as device_concept_id,
    start_date as device_exposure_start_date, start_datetime as device_exposure_start_datetime,
    end_date as device_exposure_end_date, end_datetime as device_exposure_end_datetime,
    type_concept_id as device_type_concept_id, unique_device_id, null as production_id,
    null as quantity, provider_id, visit_occurrence_id, visit_detail_id,
    source_value as device_source_value, source_concept_id as device_source_concept_id,
    unit_concept_id, unit_source_value, null as unit_source_concept_id
  from event where cdm_table = 'device_exposure'
  order by event_id) to '${output}/device_exposure.csv' (header);

copy (
  select event_id as measurement_id, person_id, concept_id as measurement_concept_id,
    start_date as measurement_date, start_datetime as measurement_datetime,
    null as measurement_time, type_concept_id as measurement_type_concept_id,
    null as operator_concept_id, value_as_number, value_as_concept_id, unit_concept_id,
    null as range_low, null as range_high, provider_id, visit_occurrence_id, visit_detail_id,
    source_value as measurement_source_value, source_concept_id as measurement_source_concept_id,
    unit_source_value, null as unit_source_concept_id, value_source_value,
    null as measurement_event_id, null as meas_event_field_concept_id
  from event where cdm_table = 'measurement'
  order by event_id) to '${output}/measurement.csv' (header);

copy (
  select event_id as observation_id, person_id, concept_id as observation_concept_id,
    start_date as observation_date, start_datetime as observation_datetime,
    type_concept_id as observation_type_concept_id, value_as_number, null as value_as_string,
    value_as_concept_id, null as qualifier_concept_id, unit_concept_id, provider_id,
    visit_occurrence_id, visit_detail_id, source_value as observation_source_value,
    source_concept_id as observation_source_concept_id, unit_source_value,
    null as qualifier_source_value, value_source_value, null as observation_event_id,
    null as obs_event_field_concept_id
  from event where cdm_table = 'observation'
  order by event_id) to '${output}/observation.csv' (header);

create macro domain_of(cdm_table) as case cdm_table
  when 'condition_occurrence' then 'Condition' when 'drug_exposure' then 'Drug'
  when 'procedure_occurrence' then 'Procedure' when 'measurement' then 'Measurement'
  when 'device_exposure' then 'Device' else 'Observation' end;

-- A cost belongs to the first row of a code with several targets.
copy (
  select event_id(person_id, 'cost', cost_event_id) as cost_id, cost_event_id, cost_domain_id,
    32814 as cost_type_concept_id, 44818668 as currency_concept_id, null as total_charge,
    total_cost, null as total_paid, paid_by_payer, null as paid_by_patient,
    null as paid_patient_copay, null as paid_patient_coinsurance, null as paid_patient_deductible,
    null as paid_by_primary, null as paid_ingredient_cost, null as paid_dispensing_fee,
    null as payer_plan_period_id, null as amount_allowed, null as revenue_code_concept_id,
    null as revenue_code_source_value, null as drg_concept_id, null as drg_source_value
  from (
    select person_id, event_id as cost_event_id, domain_of(cdm_table) as cost_domain_id,
      BASE_COST as total_cost, PAYER_COVERAGE as paid_by_payer
    from medication_event where slot = 0
    union all
    select person_id, event_id, domain_of(cdm_table), BASE_COST, null
    from procedure_event where slot = 0
    union all
    select person_id, visit_detail_id, 'Visit', TOTAL_CLAIM_COST, PAYER_COVERAGE from encounter)
  order by cost_id) to '${output}/cost.csv' (header);

copy (
  select event_id(person_id, 'condition_era', (concept_id, start_date)) as condition_era_id,
    person_id, concept_id as condition_concept_id, start_date as condition_era_start_date,
    end_date as condition_era_end_date, occurrences as condition_occurrence_count
  from condition_era order by condition_era_id) to '${output}/condition_era.csv' (header);

copy (
  select event_id(person_id, 'drug_era', (concept_id, start_date)) as drug_era_id, person_id,
    concept_id as drug_concept_id, start_date as drug_era_start_date,
    end_date as drug_era_end_date, exposures as drug_exposure_count, gap_days
  from drug_era order by drug_era_id) to '${output}/drug_era.csv' (header);

copy (
  select event_id(person_id, 'observation_period', 0) as observation_period_id, person_id,
    first_day as observation_period_start_date, last_day as observation_period_end_date,
    32882 as period_type_concept_id
  from observation_period order by observation_period_id)
  to '${output}/observation_period.csv' (header);

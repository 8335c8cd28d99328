-- The events of each source with their ids, visits and concepts; the view `event` has all of them. Only
-- what a source says is stored, since a column costs as much as a row costs to read.

create type cdm_table as enum ('condition_occurrence', 'drug_exposure', 'procedure_occurrence',
  'measurement', 'observation', 'device_exposure');

-- Several targets of a code are told apart by the last bits.
create macro place(id, slot) as xor(id, coalesce(slot, 0));

create table condition_event as
  select place(event_id(p.person_id, 'condition', (ENCOUNTER, CODE, START)), slot) as event_id, p.person_id,
         coalesce(r.slot, 0)::tinyint as slot,
         coalesce(r.cdm_table, 'condition_occurrence')::cdm_table as cdm_table,
         coalesce(r.concept_id, 0) as concept_id, value_concept_id as value_as_concept_id,
         coalesce(source_concept_id, 0) as source_concept_id, CODE as source_value,
         provider_id, visit_occurrence_id, visit_detail_id,
         START, STOP
  from read_csv(source('conditions'), header = true, delim = ',', quote = '"', auto_detect = false,
    columns = {
      START: 'date', STOP: 'date', PATIENT: 'uuid', ENCOUNTER: 'uuid', CODE: 'varchar',
      DESCRIPTION: 'varchar'}) e
  join patient p on p.Id = e.PATIENT
  left join visit_of v on v.Id = e.ENCOUNTER
  left join route r on r.vocabulary_id = 'SNOMED' and r.source_code = CODE;

create table allergy_event as
  select place(event_id(p.person_id, 'allergy', (ENCOUNTER, CODE, START)), slot) as event_id, p.person_id,
         coalesce(r.slot, 0)::tinyint as slot,
         coalesce(r.cdm_table, 'observation')::cdm_table as cdm_table,
         coalesce(r.concept_id, 0) as concept_id, value_concept_id as value_as_concept_id,
         coalesce(source_concept_id, 0) as source_concept_id, CODE as source_value,
         provider_id, visit_occurrence_id, visit_detail_id,
         START, STOP
  from read_csv(source('allergies'), header = true, delim = ',', quote = '"', auto_detect = false,
    columns = {
      START: 'date', STOP: 'date', PATIENT: 'uuid', ENCOUNTER: 'uuid', CODE: 'varchar',
      SYSTEM: 'varchar', DESCRIPTION: 'varchar', TYPE: 'varchar', CATEGORY: 'varchar',
      REACTION1: 'varchar', DESCRIPTION1: 'varchar', SEVERITY1: 'varchar', REACTION2: 'varchar',
      DESCRIPTION2: 'varchar', SEVERITY2: 'varchar'}) e
  join patient p on p.Id = e.PATIENT
  left join visit_of v on v.Id = e.ENCOUNTER
  left join route r on r.vocabulary_id = 'SNOMED' and r.source_code = CODE;

-- The same drug may be ordered twice at one time, which the other columns tell apart.
create table medication_event as
  select place(event_id(p.person_id, 'medication',
           (ENCOUNTER, CODE, START, STOP, BASE_COST, PAYER_COVERAGE)), slot) as event_id, p.person_id,
         coalesce(r.slot, 0)::tinyint as slot,
         coalesce(r.cdm_table, 'drug_exposure')::cdm_table as cdm_table,
         coalesce(r.concept_id, 0) as concept_id, value_concept_id as value_as_concept_id,
         coalesce(source_concept_id, 0) as source_concept_id, CODE as source_value,
         provider_id, visit_occurrence_id, visit_detail_id,
         START, STOP, BASE_COST, PAYER_COVERAGE
  from read_csv(source('medications'), header = true, delim = ',', quote = '"', auto_detect = false,
    columns = {
      START: 'timestamp', STOP: 'timestamp', PATIENT: 'uuid', PAYER: 'varchar', ENCOUNTER: 'uuid',
      CODE: 'varchar', DESCRIPTION: 'varchar', BASE_COST: 'decimal(18, 2)',
      PAYER_COVERAGE: 'decimal(18, 2)', DISPENSES: 'varchar', TOTALCOST: 'varchar',
      REASONCODE: 'varchar', REASONDESCRIPTION: 'varchar'}) e
  join patient p on p.Id = e.PATIENT
  left join visit_of v on v.Id = e.ENCOUNTER
  left join route r on r.vocabulary_id = 'RxNorm' and r.source_code = CODE;

create table immunization_event as
  select place(event_id(p.person_id, 'immunization', (ENCOUNTER, CODE, DATE)), slot) as event_id, p.person_id,
         coalesce(r.slot, 0)::tinyint as slot,
         coalesce(r.cdm_table, 'drug_exposure')::cdm_table as cdm_table,
         coalesce(r.concept_id, 0) as concept_id, value_concept_id as value_as_concept_id,
         coalesce(source_concept_id, 0) as source_concept_id, CODE as source_value,
         provider_id, visit_occurrence_id, visit_detail_id,
         DATE
  from read_csv(source('immunizations'), header = true, delim = ',', quote = '"', auto_detect = false,
    columns = {
      DATE: 'timestamp', PATIENT: 'uuid', ENCOUNTER: 'uuid', CODE: 'varchar',
      DESCRIPTION: 'varchar', BASE_COST: 'varchar'}) e
  join patient p on p.Id = e.PATIENT
  left join visit_of v on v.Id = e.ENCOUNTER
  left join route r on r.vocabulary_id = 'CVX' and r.source_code = CODE;

create table procedure_event as
  select place(event_id(p.person_id, 'procedure', (ENCOUNTER, CODE, START)), slot) as event_id, p.person_id,
         coalesce(r.slot, 0)::tinyint as slot,
         coalesce(r.cdm_table, 'procedure_occurrence')::cdm_table as cdm_table,
         coalesce(r.concept_id, 0) as concept_id, value_concept_id as value_as_concept_id,
         coalesce(source_concept_id, 0) as source_concept_id, CODE as source_value,
         provider_id, visit_occurrence_id, visit_detail_id,
         START, STOP, BASE_COST
  from read_csv(source('procedures'), header = true, delim = ',', quote = '"', auto_detect = false,
    columns = {
      START: 'timestamp', STOP: 'timestamp', PATIENT: 'uuid', ENCOUNTER: 'uuid', CODE: 'varchar',
      DESCRIPTION: 'varchar', BASE_COST: 'decimal(18, 2)', REASONCODE: 'varchar',
      REASONDESCRIPTION: 'varchar'}) e
  join patient p on p.Id = e.PATIENT
  left join visit_of v on v.Id = e.ENCOUNTER
  left join route r on r.vocabulary_id = 'SNOMED' and r.source_code = CODE;

create table device_event as
  select place(event_id(p.person_id, 'device', (ENCOUNTER, CODE, START)), slot) as event_id, p.person_id,
         coalesce(r.slot, 0)::tinyint as slot,
         coalesce(r.cdm_table, 'device_exposure')::cdm_table as cdm_table,
         coalesce(r.concept_id, 0) as concept_id, value_concept_id as value_as_concept_id,
         coalesce(source_concept_id, 0) as source_concept_id, CODE as source_value,
         provider_id, visit_occurrence_id, visit_detail_id,
         START, STOP, UDI
  from read_csv(source('devices'), header = true, delim = ',', quote = '"', auto_detect = false,
    columns = {
      START: 'timestamp', STOP: 'timestamp', PATIENT: 'uuid', ENCOUNTER: 'uuid', CODE: 'varchar',
      DESCRIPTION: 'varchar', UDI: 'varchar'}) e
  join patient p on p.Id = e.PATIENT
  left join visit_of v on v.Id = e.ENCOUNTER
  left join route r on r.vocabulary_id = 'SNOMED' and r.source_code = CODE;

create table observation_event as
  select place(event_id(p.person_id, 'observation', (ENCOUNTER, CODE, DATE)), slot) as event_id, p.person_id,
         coalesce(r.slot, 0)::tinyint as slot,
         coalesce(r.cdm_table, 'measurement')::cdm_table as cdm_table,
         coalesce(r.concept_id, 0) as concept_id, value_concept_id as value_as_concept_id,
         coalesce(source_concept_id, 0) as source_concept_id, CODE as source_value,
         provider_id, visit_occurrence_id, visit_detail_id,
         DATE, left(VALUE, 50) as value_source_value, UNITS as unit_source_value,
         case when TYPE = 'numeric' then VALUE::decimal(18, 6) end as value_as_number,
         case when UNITS is not null then coalesce(u.concept_id, 0) end as unit_concept_id
  from read_csv(source('observations'), header = true, delim = ',', quote = '"', auto_detect = false,
    columns = {
      DATE: 'timestamp', PATIENT: 'uuid', ENCOUNTER: 'uuid', CATEGORY: 'varchar', CODE: 'varchar',
      DESCRIPTION: 'varchar', VALUE: 'varchar', UNITS: 'varchar', TYPE: 'varchar'}) e
  join patient p on p.Id = e.PATIENT
  left join visit_of v on v.Id = e.ENCOUNTER
  left join unit u on u.unit_code = UNITS
  left join route r on r.vocabulary_id = 'LOINC' and r.source_code = CODE;

create view event as
  select * exclude (START, STOP), 32827 as type_concept_id, START as start_date,
         null::timestamp as start_datetime, STOP as end_date, null::timestamp as end_datetime,
         null::date as verbatim_end_date, null::bigint as days_supply,
         null::varchar as value_source_value, null::varchar as unit_source_value,
         null::decimal(18, 6) as value_as_number, null::integer as unit_concept_id,
         null::varchar as unique_device_id
  from condition_event
  union all by name
  select * exclude (START, STOP), 32817 as type_concept_id, START as start_date, STOP as end_date
  from allergy_event
  union all by name
  select * exclude (START, STOP, BASE_COST, PAYER_COVERAGE), 32838 as type_concept_id,
         START::date as start_date, START as start_datetime, coalesce(STOP, START)::date as end_date,
         coalesce(STOP, START) as end_datetime, STOP::date as verbatim_end_date,
         STOP::date - START::date as days_supply
  from medication_event
  union all by name
  select * exclude (DATE), 32827 as type_concept_id, DATE::date as start_date,
         DATE as start_datetime, DATE::date as end_date, DATE as end_datetime,
         DATE::date as verbatim_end_date
  from immunization_event
  union all by name
  select * exclude (START, STOP, BASE_COST), 32827 as type_concept_id, START::date as start_date,
         START as start_datetime, STOP::date as end_date, STOP as end_datetime
  from procedure_event
  union all by name
  select * exclude (START, STOP, UDI), 32827 as type_concept_id, START::date as start_date,
         START as start_datetime, STOP::date as end_date, STOP as end_datetime,
         UDI as unique_device_id
  from device_event
  union all by name
  select * exclude (DATE), 32827 as type_concept_id, DATE::date as start_date,
         DATE as start_datetime
  from observation_event;

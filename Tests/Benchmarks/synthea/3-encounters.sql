-- Encounters with the ids of their person and provider; each is a visit detail.

create table encounter as
  select e.Id, p.person_id, event_id(p.person_id, 'detail', e.Id) as visit_detail_id,
         e.START, coalesce(e.STOP, e.START) as STOP, ENCOUNTERCLASS, v.provider_id,
         case when ENCOUNTERCLASS in ('ambulatory', 'wellness', 'outpatient') then 9202
              when ENCOUNTERCLASS in ('emergency', 'urgentcare') then 9203
              when ENCOUNTERCLASS = 'inpatient' then 9201 else 0 end as visit_concept_id,
         TOTAL_CLAIM_COST, PAYER_COVERAGE,
         case when CODE = '308646001' then coalesce(REASONCODE, '') end as death_cause
  from read_csv(source('encounters'), header = true, delim = ',', quote = '"', auto_detect = false,
    columns = {
      Id: 'uuid', START: 'timestamp', STOP: 'timestamp', PATIENT: 'uuid', ORGANIZATION: 'varchar',
      PROVIDER: 'uuid', PAYER: 'varchar', ENCOUNTERCLASS: 'varchar', CODE: 'varchar',
      DESCRIPTION: 'varchar', BASE_ENCOUNTER_COST: 'varchar', TOTAL_CLAIM_COST: 'decimal(18, 2)',
      PAYER_COVERAGE: 'decimal(18, 2)', REASONCODE: 'varchar', REASONDESCRIPTION: 'varchar'}) e
  join patient p on p.Id = e.PATIENT
  left join provider v on v.Id = e.PROVIDER;

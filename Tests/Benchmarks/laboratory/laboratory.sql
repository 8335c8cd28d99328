-- The same as pipeline.yaml: typed read, filter, look-ups, order by the id, CSV.

-- The person in front, so that the rows of a person lie together; 46 bits of hash behind.
create macro event_id(person, key) as
  person * 70368744177664 + (hash(key) & 70368744177663)::bigint;

create table concept as
  select * from read_csv('${vocabulary}/CONCEPT.csv', header = true, delim = '\t', quote = '',
    auto_detect = false, columns = {
      concept_id: 'integer', concept_name: 'varchar', domain_id: 'varchar',
      vocabulary_id: 'varchar', concept_class_id: 'varchar', standard_concept: 'varchar',
      concept_code: 'varchar', valid_start_date: 'varchar', valid_end_date: 'varchar',
      invalid_reason: 'varchar'});

create table maps_to as
  select concept_id_1, concept_id_2
  from read_csv('${vocabulary}/CONCEPT_RELATIONSHIP.csv', header = true, delim = '\t', quote = '',
    auto_detect = false, columns = {
      concept_id_1: 'integer', concept_id_2: 'integer', relationship_id: 'varchar',
      valid_start_date: 'varchar', valid_end_date: 'varchar', invalid_reason: 'varchar'})
  join concept c on c.concept_id = concept_id_2 and c.standard_concept = 'S'
  where relationship_id = 'Maps to';

-- The mapping file goes before the vocabulary; a code in neither keeps concept 0.
create table local_code as
  with mapped as (
    select source_code as local_code, source_concept_id, target_concept_id
    from read_csv('${mappings}/laboratory_codes.csv', header = true, delim = ',', quote = '"',
      auto_detect = false, columns = {
        source_code: 'varchar', source_concept_id: 'integer', source_vocabulary_id: 'varchar',
        source_code_description: 'varchar', target_concept_id: 'integer',
        target_vocabulary_id: 'varchar', valid_start_date: 'varchar', valid_end_date: 'varchar',
        invalid_reason: 'varchar'}))
  select * from mapped
  union all
  select concept_code, concept_id, coalesce(concept_id_2, 0)
  from concept left join maps_to on concept_id_1 = concept_id
  where vocabulary_id = 'LOCAL' and concept_code not in (select local_code from mapped);

create table unit as
  select concept_code as unit_code, concept_id_2 as unit_concept_id
  from concept join maps_to on concept_id_1 = concept_id where vocabulary_id = 'UCUM';

create table patient as
  select row_number() over (order by NIP) as person_id, *
  from read_csv('${data}/patients.csv', header = true, delim = ';', quote = '"',
    auto_detect = false, columns = {
      NIP: 'integer', NUMERO: 'varchar', NAISSANCE: 'date', SEXE: 'varchar'});

create table result as
  select event_id(person_id, RESULTAT) as measurement_id, person_id,
         coalesce(target_concept_id, 0) as measurement_concept_id, PRELEVEMENT,
         try_cast(VALEUR as decimal(18, 3)) as value_as_number,
         case when UNITE is not null then coalesce(u.unit_concept_id, 0) end as unit_concept_id,
         CODE, coalesce(source_concept_id, 0) as source_concept_id, UNITE, VALEUR, BORNE_INF, BORNE_SUP
  from read_csv('${data}/results.csv', header = true, delim = ';', quote = '"',
    auto_detect = false, timestampformat = '%d/%m/%Y %H:%M', columns = {
      RESULTAT: 'bigint', DEMANDE: 'varchar', NIP: 'integer', PRELEVEMENT: 'timestamp',
      VALIDATION: 'varchar', CODE: 'varchar', LIBELLE: 'varchar', VALEUR: 'varchar',
      UNITE: 'varchar', BORNE_INF: 'decimal(18, 3)', BORNE_SUP: 'decimal(18, 3)', ETAT: 'varchar',
      LABORATOIRE: 'varchar',
      COMMENTAIRE: 'varchar'})
  join patient using (NIP)
  left join local_code on local_code = CODE
  left join unit u on unit_code = UNITE
  where ETAT <> 'A';

copy (
  select measurement_id, person_id, measurement_concept_id,
    PRELEVEMENT::date as measurement_date, PRELEVEMENT as measurement_datetime,
    null as measurement_time, 32856 as measurement_type_concept_id, null as operator_concept_id,
    value_as_number, null as value_as_concept_id, unit_concept_id, BORNE_INF as range_low,
    BORNE_SUP as range_high, null as provider_id, null as visit_occurrence_id, null as visit_detail_id,
    CODE as measurement_source_value, source_concept_id as measurement_source_concept_id,
    UNITE as unit_source_value, null as unit_source_concept_id, VALEUR as value_source_value,
    null as measurement_event_id, null as meas_event_field_concept_id
  from result order by measurement_id) to '${output}/measurement.csv' (header);

copy (
  select person_id, case SEXE when 'M' then 8507 when 'F' then 8532 else 0 end as gender_concept_id,
    year(NAISSANCE) as year_of_birth, month(NAISSANCE) as month_of_birth,
    day(NAISSANCE) as day_of_birth, null as birth_datetime, 0 as race_concept_id,
    0 as ethnicity_concept_id, null as location_id, null as provider_id, null as care_site_id,
    NUMERO as person_source_value, SEXE as gender_source_value, null as gender_source_concept_id,
    null as race_source_value, null as race_source_concept_id, null as ethnicity_source_value,
    null as ethnicity_source_concept_id
  from patient order by person_id) to '${output}/person.csv' (header);

copy (
  select event_id(person_id, 0) as observation_period_id, person_id,
    min(PRELEVEMENT::date) as observation_period_start_date,
    max(PRELEVEMENT::date) as observation_period_end_date, 32817 as period_type_concept_id
  from result group by person_id order by observation_period_id)
  to '${output}/observation_period.csv' (header);

-- What a code of a source means: its own concept, its standard concepts, and the table of each.

create macro source(name) as '${data}/' || name || '.csv';

-- An id that depends on the key of a row alone: the person in front, so that a table in the order of
-- its ids has the rows of a person together, and 46 bits of hash behind.
create macro event_id(person, rule, key) as
  person * 70368744177664 + (hash(rule, key) & 70368744177663)::bigint;

create table concept as
  select concept_id, domain_id, vocabulary_id, concept_class_id, concept_code,
         standard_concept is not distinct from 'S' and invalid_reason is null as is_target,
         invalid_reason is null as is_valid
  from read_csv('${vocabulary}/CONCEPT.csv', header = true, delim = ',', quote = '"',
    auto_detect = false, columns = {
      concept_id: 'integer', concept_name: 'varchar', domain_id: 'varchar',
      vocabulary_id: 'varchar', concept_class_id: 'varchar', standard_concept: 'varchar',
      concept_code: 'varchar', valid_start_date: 'varchar', valid_end_date: 'varchar',
      invalid_reason: 'varchar'});

create table relationship as
  select concept_id_1 as source, concept_id_2 as target, lower(relationship_id) as name
  from read_csv('${vocabulary}/CONCEPT_RELATIONSHIP.csv', header = true, delim = ',', quote = '"',
    auto_detect = false, columns = {
      concept_id_1: 'integer', concept_id_2: 'integer', relationship_id: 'varchar',
      valid_start_date: 'varchar', valid_end_date: 'varchar', invalid_reason: 'varchar'})
  where invalid_reason is null
    and lower(relationship_id) in ('maps to', 'maps to value', 'concept replaced by');

-- A deprecated concept stands for the one that replaces it.
create table meant as
  select concept_id as source, concept_id as concept from concept
  union
  select source, target
  from relationship join concept on concept_id = source
  where name = 'concept replaced by' and not is_valid
    and source not in (select source from relationship where name = 'maps to');

create table standard as
  select distinct m.source, r.target as concept_id
  from meant m join relationship r on r.source = m.concept and r.name = 'maps to'
  join concept t on t.concept_id = r.target and t.is_target
  union
  -- A standard concept without an edge is its own.
  select m.source, m.concept
  from meant m join concept c on c.concept_id = m.concept and c.is_target
  where m.concept not in (select source from relationship where name = 'maps to');

create table standard_value as
  select distinct m.source, r.target as concept_id
  from meant m join relationship r on r.source = m.concept and r.name = 'maps to value'
  join concept t on t.concept_id = r.target and t.is_target;

create macro table_of(domain) as case domain
  when 'Condition' then 'condition_occurrence' when 'Drug' then 'drug_exposure'
  when 'Procedure' then 'procedure_occurrence' when 'Measurement' then 'measurement'
  when 'Device' then 'device_exposure' else 'observation' end;

-- One row for each target of a code; a code without any keeps its own domain, and concept 0.
create table route as
  with targets as (
    select c.vocabulary_id, c.concept_code as source_code, c.concept_id as source_concept_id,
           coalesce(s.concept_id, 0) as concept_id, table_of(coalesce(t.domain_id, c.domain_id)) as cdm_table,
           row_number() over (partition by c.concept_id order by s.concept_id) - 1 as slot
    from concept c left join standard s on s.source = c.concept_id
    left join concept t on t.concept_id = s.concept_id
    where c.vocabulary_id in ('SNOMED', 'LOINC', 'RxNorm', 'CVX')),
  answers as (
    select source, min(concept_id) as value_concept_id from standard_value
    group by source having count(*) = 1),
  takers as (
    select source_concept_id from targets
    where cdm_table in ('measurement', 'observation') and concept_id <> 0
    group by source_concept_id having count(*) = 1)
  select t.*, case when t.cdm_table in ('measurement', 'observation') then value_concept_id end as value_concept_id
  from targets t left join takers using (source_concept_id)
  left join answers a on a.source = takers.source_concept_id;

create table unit as
  with mapped as (
    select source_code as unit_code, target_concept_id as concept_id
    from read_csv('${mappings}/synthea_units.csv', header = true, delim = ',', quote = '"',
      auto_detect = false, columns = {
        source_code: 'varchar', source_concept_id: 'integer', source_vocabulary_id: 'varchar',
        source_code_description: 'varchar', target_concept_id: 'integer',
        target_vocabulary_id: 'varchar', valid_start_date: 'varchar', valid_end_date: 'varchar',
        invalid_reason: 'varchar'})),
  known as (
    select c.concept_code as unit_code, min(s.concept_id) as concept_id
    from concept c join standard s on s.source = c.concept_id
    where c.vocabulary_id = 'UCUM' group by c.concept_code)
  select * from mapped
  union all
  select * from known where unit_code not in (select unit_code from mapped);

-- The ingredients of drugs, themselves among them.
create table ingredient as
  select descendant_concept_id as drug, ancestor_concept_id as concept_id
  from read_csv('${vocabulary}/CONCEPT_ANCESTOR.csv', header = true, delim = ',', quote = '"',
    auto_detect = false, columns = {
      ancestor_concept_id: 'integer', descendant_concept_id: 'integer',
      min_levels_of_separation: 'integer', max_levels_of_separation: 'integer'})
  join concept on concept_id = ancestor_concept_id
  where concept_class_id = 'Ingredient' and vocabulary_id in ('RxNorm', 'RxNorm Extension');

create table concept as
select concept_id::integer as concept_id, vocabulary_id, concept_code, standard_concept,
  invalid_reason, concept_name, domain_id, concept_class_id, valid_start_date, valid_end_date
from read_csv('${download}/CONCEPT.csv', delim = '\t', quote = '', escape = '', header = true,
  all_varchar = true, max_line_size = 1048576);

create table concept_relationship as
select concept_id_1::integer as source, concept_id_2::integer as target, relationship_id,
  valid_start_date, valid_end_date, invalid_reason
from read_csv('${download}/CONCEPT_RELATIONSHIP.csv', delim = '\t', quote = '', escape = '',
  header = true, all_varchar = true);

copy (
  with standard as (
    select concept_id from concept where standard_concept = 'S' and invalid_reason is null
  ), asked as (
    select codes.code, concept.concept_id, concept.invalid_reason
    from read_csv('${codes}', columns = {'code': 'varchar'}, header = false, delim = '\t',
      quote = '', escape = '') as codes
    left join concept on concept.vocabulary_id = '${vocabulary}' and concept_code = codes.code
  ), edges as (
    select edge.source, edge.target from concept_relationship as edge
    join standard on standard.concept_id = edge.target
    where relationship_id = 'Maps to' and invalid_reason is null
    union
    select edge.source, edge.target from concept_relationship as edge
    join standard on standard.concept_id = edge.target
    join concept on concept.concept_id = edge.source and concept.invalid_reason is not null
    where relationship_id = 'Concept replaced by' and edge.invalid_reason is null
      and not exists (
        select 1 from concept_relationship as other where other.source = edge.source
        and other.relationship_id = 'Maps to' and other.invalid_reason is null)
  )
  select code as source_code, coalesce(concept_id, 0) as source_concept_id,
    coalesce(target, 0) as target_concept_id
  from asked left join edges on edges.source = asked.concept_id
) to '${output}' (header true, delimiter ',');

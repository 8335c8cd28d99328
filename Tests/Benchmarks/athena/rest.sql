create table concept as
select * from read_csv('${download}/CONCEPT.csv', delim = '\t', quote = '', escape = '',
  header = true, all_varchar = true, max_line_size = 1048576);
create table concept_relationship as
select concept_id_1::integer as concept_id_1, concept_id_2::integer as concept_id_2,
  relationship_id, valid_start_date, valid_end_date, invalid_reason
from read_csv('${download}/CONCEPT_RELATIONSHIP.csv', delim = '\t', quote = '', escape = '',
  header = true, all_varchar = true);
create table concept_ancestor as
select ancestor_concept_id::integer as ancestor_concept_id,
  descendant_concept_id::integer as descendant_concept_id,
  min_levels_of_separation::integer as min_levels_of_separation,
  max_levels_of_separation::integer as max_levels_of_separation
from read_csv('${download}/CONCEPT_ANCESTOR.csv', delim = '\t', quote = '', escape = '',
  header = true, all_varchar = true);
create table concept_synonym as
select * from read_csv('${download}/CONCEPT_SYNONYM.csv', delim = '\t', quote = '', escape = '',
  header = true, all_varchar = true);
create table drug_strength as
select * from read_csv('${download}/DRUG_STRENGTH.csv', delim = '\t', quote = '', escape = '',
  header = true, all_varchar = true);

-- Places, care sites, providers, persons and their plans.

create table state as
  select name, code from read_csv('${pipelines}/us_states.csv', header = true, delim = ',',
    quote = '"', auto_detect = false, columns = {name: 'varchar', code: 'varchar'});

create table organization as
  select * from read_csv(source('organizations'), header = true, delim = ',', quote = '"',
    auto_detect = false, columns = {
      Id: 'varchar', NAME: 'varchar', ADDRESS: 'varchar', CITY: 'varchar', STATE: 'varchar',
      ZIP: 'varchar', LAT: 'varchar', LON: 'varchar', PHONE: 'varchar', REVENUE: 'varchar',
      UTILIZATION: 'varchar'});

create table patient as
  select row_number() over (order by p.Id) as person_id, p.Id, BIRTHDATE, RACE, ETHNICITY, GENDER,
         ADDRESS, CITY, coalesce(s.code, STATE) as STATE, COUNTY, ZIP
  from read_csv(source('patients'), header = true, delim = ',', quote = '"', auto_detect = false,
    columns = {
      Id: 'uuid', BIRTHDATE: 'date', DEATHDATE: 'varchar', SSN: 'varchar', DRIVERS: 'varchar',
      PASSPORT: 'varchar', PREFIX: 'varchar', FIRST: 'varchar', LAST: 'varchar', SUFFIX: 'varchar',
      MAIDEN: 'varchar', MARITAL: 'varchar', RACE: 'varchar', ETHNICITY: 'varchar',
      GENDER: 'varchar', BIRTHPLACE: 'varchar', ADDRESS: 'varchar', CITY: 'varchar',
      STATE: 'varchar', COUNTY: 'varchar', ZIP: 'varchar', LAT: 'varchar', LON: 'varchar',
      HEALTHCARE_EXPENSES: 'varchar', HEALTHCARE_COVERAGE: 'varchar'}) p
  left join state s on s.name = p.STATE;

create table location as
  select row_number() over (order by all_of) as location_id, all_of.* from (
    select ADDRESS, CITY, STATE, ZIP, COUNTY from patient
    union
    select ADDRESS, CITY, STATE, ZIP, null from organization) all_of;

create macro same_place(a, b) as
  a.ADDRESS is not distinct from b.ADDRESS and a.CITY is not distinct from b.CITY
  and a.STATE is not distinct from b.STATE and a.ZIP is not distinct from b.ZIP;

create table provider as
  select row_number() over (order by Id) as provider_id, Id, NAME, GENDER, SPECIALITY
  from read_csv(source('providers'), header = true, delim = ',', quote = '"', auto_detect = false,
    columns = {
      Id: 'uuid', ORGANIZATION: 'varchar', NAME: 'varchar', GENDER: 'varchar',
      SPECIALITY: 'varchar', ADDRESS: 'varchar', CITY: 'varchar', STATE: 'varchar',
      ZIP: 'varchar', LAT: 'varchar', LON: 'varchar', UTILIZATION: 'varchar'});

create table payer as
  select Id, NAME from read_csv(source('payers'), header = true, delim = ',', quote = '"',
    auto_detect = false, columns = {
      Id: 'varchar', NAME: 'varchar', ADDRESS: 'varchar', CITY: 'varchar',
      STATE_HEADQUARTERED: 'varchar', ZIP: 'varchar', PHONE: 'varchar', AMOUNT_COVERED: 'varchar',
      AMOUNT_UNCOVERED: 'varchar', REVENUE: 'varchar', COVERED_ENCOUNTERS: 'varchar',
      UNCOVERED_ENCOUNTERS: 'varchar', COVERED_MEDICATIONS: 'varchar',
      UNCOVERED_MEDICATIONS: 'varchar', COVERED_PROCEDURES: 'varchar',
      UNCOVERED_PROCEDURES: 'varchar', COVERED_IMMUNIZATIONS: 'varchar',
      UNCOVERED_IMMUNIZATIONS: 'varchar', UNIQUE_CUSTOMERS: 'varchar', QOLS_AVG: 'varchar',
      MEMBER_MONTHS: 'varchar'});

/// A project without a mistake, into which tests plant some.
enum GoodProject {
  static let project = """
    language: 1
    project: emc2
    parameters: { data: ../sample-data }
    pipelines: [p.yaml]
    vocabulary: ${data}/vocabulary
    mappings: ../mappings
    key: ${data}/demo.key
    target: sqlite:emc2.sqlite
    cdm_source: { name: EMC2, abbreviation: EMC2, holder: Hospices civils de Lyon }
    """

  static let pipeline = """
    language: 1
    pipeline: hcl
    source: { name: Hospices civils de Lyon, abbreviation: HCL, zone: Europe/Paris, delivered: 2024-03-01 }
    extract:
      patients:
        csv: { files: "${data}/hcl/patients.csv", delimiter: ";", encoding: windows-1252 }
        delivery: full
        key: [IPP]
        columns:
          IPP: identifier
          SEXE: text
          NAISSANCE: { date: dd/MM/yyyy, sentinels: ["01/01/1600"] }
          DECES: { partial_date: dd/MM/yyyy }
      stays:
        csv: { files: ["${data}/hcl/sejours_*.csv"], delimiter: ";", nulls: ["", "NULL"] }
        key: [NUM_SEJOUR]
        columns:
          NUM_SEJOUR: local_key
          IPP: identifier
          DATE_ENTREE: { timestamp: dd/MM/yyyy HH:mm }
          DATE_SORTIE: { timestamp: dd/MM/yyyy HH:mm }
          TYPE_SEJOUR: text
          CODE_UF: text
      units:
        csv: { files: "${data}/hcl/uf.csv", delimiter: ";" }
        key: CODE
        columns:
          CODE: text
          LIBELLE: text
      diagnoses:
        csv: { files: "${data}/hcl/diag.csv", delimiter: ";" }
        key: [NUM_SEJOUR, RANG]
        columns:
          NUM_SEJOUR: local_key
          RANG: integer
          CODE: text
          TYPE: text
          POIDS: { decimal: { scale: 2, mark: "," } }
    transform:
      - id: unit
        into: care_site
        from: units
        key: CODE
        fields:
          care_site_name: LIBELLE
          care_site_source_value: CODE
      - id: person
        into: person
        from: patients
        person: IPP
        fields:
          gender_concept_id: case when SEXE = 'F' then 8532 else 8507 end
          gender_source_value: SEXE
          birth_datetime: NAISSANCE
          year_of_birth: extract(year from NAISSANCE)
          race_concept_id: 0
          ethnicity_concept_id: 0
      - id: death
        into: death
        from: patients
        person: IPP
        where: DECES is not null
        fields:
          death_date: last_day(DECES)
          death_type_concept_id: 32817
      - id: stay
        into: visit_occurrence
        from: stays
        person: IPP
        fields:
          visit_concept_id: case when TYPE_SEJOUR = 'H' then 9201 else 9202 end
          visit_start_datetime: DATE_ENTREE
          visit_end_datetime: DATE_SORTIE
          visit_type_concept_id: 32817
          care_site_id: { rule: unit, key: CODE_UF }
      - id: diagnosis
        into: event
        from: diagnoses
        join: { stays: NUM_SEJOUR }
        where: CODE is not null
        derive: { CODE_NU: "upper(trim(CODE))" }
        person: stays.IPP
        key: [NUM_SEJOUR, RANG]
        visit: { rule: stay, key: NUM_SEJOUR }
        prefer: POIDS desc
        concept: { code: icd10_dotted(CODE_NU), vocabulary: CIM10, default_domain: Condition }
        fields:
          start_datetime: stays.DATE_ENTREE
          type_concept_id: 32817
          status_concept_id: case when TYPE = 'DP' then 32902 else 32908 end
    tests:
      - name: a code written without its dot finds its concept
        vocabulary:
          concepts:
            - { concept_id: 1, concept_code: E11.9, vocabulary_id: CIM10, domain_id: Condition }
            - { concept_id: 2, concept_code: "44054006", vocabulary_id: SNOMED, domain_id: Condition, standard_concept: S, concept_name: Diabetes }
          maps_to: [[1, 2]]
        given:
          patients: [{ IPP: P1, NAISSANCE: 01/02/1960, SEXE: F }]
          stays: [{ NUM_SEJOUR: S1, IPP: P1, DATE_ENTREE: 01/02/2020 10:00 }]
          diagnoses: [{ NUM_SEJOUR: S1, RANG: 1, CODE: E119 }, { NUM_SEJOUR: S1, RANG: 2, CODE: ~ }]
        expect:
          condition_occurrence: [{ condition_source_value: E11.9, condition_concept_id: 2, stop_reason: null }]
          quarantine: [{ table: diagnoses, row: 2, rule: diagnosis, reason: required_missing }]
    """
}

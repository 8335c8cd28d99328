import Diagnostics
import Vocabulary

extension ModelReader {
  /// The project without its pipelines.
  mutating func project(_ root: YAMLNode, file: String) -> ProjectDefinition {
    ProjectDefinition(
      file: file,
      name: verbatim(root["project"]) ?? Located("", at: root.position),
      parameters: texts.parameters, pipelines: [],
      vocabulary: path(root["vocabulary"]),
      vocabularyTables: verbatim(root["vocabulary_tables"])
        .flatMap { VocabularyTableChoice(rawValue: $0.value) } ?? .none,
      mappings: path(root["mappings"]),
      key: path(root["key"]), target: text(root["target"]),
      cdmSource: root["cdm_source"].flatMap { cdmSource($0) },
      conditionEraGap: gap(root["derive"]?["condition_era"]),
      drugEraGap: gap(root["derive"]?["drug_era"]),
      doseEraGap: gap(root["derive"]?["dose_era"]),
      dropsUnobserved: verbatim(root["derive"]?["observation_period"]?["without"])?.value == "drop")
  }

  private func gap(_ era: YAMLNode?) -> Located<Int>? {
    guard let era else { return nil }
    return integer(era["gap"]) ?? Located(30, at: era.position)
  }

  /// The paths of the pipelines.
  mutating func pipelineFiles(_ root: YAMLNode) -> [Located<String>] {
    var files: [Located<String>] = []
    for node in root["pipelines"]?.items ?? [] {
      if let file = path(node) { files.append(file) }
    }
    return files
  }

  private mutating func cdmSource(_ node: YAMLNode) -> CDMSourceDefinition? {
    guard let name = text(node["name"]), let abbreviation = text(node["abbreviation"]),
      let holder = text(node["holder"])
    else { return nil }
    return CDMSourceDefinition(
      name: name, abbreviation: abbreviation, holder: holder,
      description: text(node["description"]), documentation: text(node["documentation"]),
      etlReference: text(node["etl_reference"]))
  }

  mutating func pipeline(_ root: YAMLNode, file: String) -> PipelineDefinition {
    let name = verbatim(root["pipeline"]) ?? Located("", at: root.position)
    var tables: [TableDefinition] = []
    for entry in root["extract"]?.entries ?? [] {
      tables.append(table(entry, pipeline: name.value))
    }
    var rules: [RuleDefinition] = []
    for node in root["transform"]?.items ?? [] {
      if let rule = rule(node) { rules.append(rule) }
    }
    var tests: [TestDefinition] = []
    for node in root["tests"]?.items ?? [] { tests.append(test(node)) }
    return PipelineDefinition(
      file: file, name: name, source: source(root["source"], pipeline: name), tables: tables,
      rules: rules, mappingStates: mappingStates(root["mapping_states"]),
      visits: visits(root["visits"]),
      observationPeriod: period(root["observation_period"]),
      coverage: (root["coverage"]?.entries ?? []).map { coverage($0.key, $0.value) },
      tests: tests)
  }

  private func mappingStates(_ node: YAMLNode?) -> Set<MappingStatus> {
    guard let node else { return MappingStatus.usual }
    return Set(
      node.items.compactMap { verbatim($0) }.compactMap { MappingStatus(rawValue: $0.value) })
  }

  private mutating func source(
    _ node: YAMLNode?, pipeline: Located<String>
  ) -> SourceDefinition {
    SourceDefinition(
      name: text(node?["name"]) ?? pipeline,
      abbreviation: text(node?["abbreviation"]) ?? pipeline,
      zone: text(node?["zone"]),
      delivered: verbatim(node?["delivered"]).flatMap { text in
        CalendarDay(text.value).map { day in text.map { _ in day.days } }
      })
  }
}

package import Diagnostics
package import Engine
import Expressions
package import Vocabulary

/// Checks a project as far as is possible without data.
///
/// Codes of diagnostics: see `PipelineChecker` and its parts; those of expressions come from
/// Expressions, those of mapping files from Vocabulary.
package struct ProjectChecker {
  private let project: ProjectDefinition
  private let resources: CheckResources
  /// Everything found so far.
  package private(set) var diagnostics = DiagnosticList()
  /// The mapping files that rules use, in the order of their discovery.
  package private(set) var mappingUses: [MappingUse] = []
  private let asOf: Int64

  /// Prepares a check.
  ///
  /// - Parameters:
  ///   - project: what was read; parts that could not be read were told then.
  ///   - vocabulary: the index against which concepts are compared, when one is at hand.
  ///   - mappings: the mapping files, when the project has a folder of them that can be read.
  ///   - asOf: the day of the run, in days since 1970-01-01.
  ///   - registry: the stages that the project may use.
  package init(
    _ project: ProjectDefinition, vocabulary: VocabularyIndex? = nil,
    mappings: MappingCatalog? = nil, asOf: Int64,
    registry: Registry = .standard
  ) {
    self.project = project
    self.asOf = asOf
    resources = CheckResources(
      vocabulary: vocabulary, mappings: mappings,
      lacksMappings: project.mappings != nil && mappings == nil,
      environment: ExpressionEnvironment(asOf: asOf, valueMaps: CatalogValueMaps(mappings)),
      registry: registry)
  }

  /// The checked project; what is wrong is told in `diagnostics`.
  package mutating func check() -> CheckedProject {
    checkProject()
    var checkers: [PipelineChecker] = []
    for pipeline in project.pipelines {
      if let first = project.pipelines.first(where: { $0.name.value == pipeline.name.value }),
        first.file != pipeline.file
      {
        diagnostics.error(
          "duplicate-pipeline", "the pipeline `\(pipeline.name.value)` is declared twice",
          at: pipeline.name, hint: "the other one is at \(first.name.position)")
      }
      var checker = PipelineChecker(pipeline, resources)
      checker.checkHeads()
      checkers.append(checker)
    }
    let persons = PersonNamespaces(checkers)
    var files = MappingFileChecker(resources)
    var checked = CheckedProject(definition: project, pipelines: [])
    for index in checkers.indices {
      checked.pipelines.append(checkers[index].check(persons: persons))
      diagnostics.add(checkers[index].diagnostics)
      files.note(checkers[index].mappingUses)
    }
    files.check(asOf: asOf)
    mappingUses = files.uses
    diagnostics.add(files.diagnostics)
    return checked
  }

  private mutating func checkProject() {
    if let target = project.target,
      !resources.registry.targets.contains(where: { target.value.hasPrefix("\($0):") })
    {
      diagnostics.error(
        "unknown-target", "`\(target.value)` is not a target", at: target,
        hint: "write sqlite: and the path of a file, or one of "
          + resources.registry.targets.filter { $0 != "sqlite" }.map { "\($0):" }
          .joined(separator: ", ") + " and the path of a folder")
    }
    checkEras()
    if let abbreviation = project.cdmSource?.abbreviation, abbreviation.value.count > 25 {
      diagnostics.error(
        "text-too-long", "cdm_source_abbreviation has at most 25 characters", at: abbreviation)
    }
  }

  /// `no-ingredients`, `no-strengths`.
  private mutating func checkEras() {
    // Where there is a vocabulary that is not at hand, nothing is known.
    let isUnknown = resources.vocabulary == nil && project.vocabulary != nil
    if let gap = project.drugEraGap, !isUnknown, resources.vocabulary?.hasIngredients != true {
      diagnostics.tell(
        .warning, "no-ingredients", "no drug eras can be made: no ingredient of any drug is known",
        at: gap, hint: "the vocabulary's folder needs CONCEPT_ANCESTOR.csv")
    }
    if let gap = project.doseEraGap, !isUnknown, resources.vocabulary?.hasStrengths != true {
      diagnostics.tell(
        .warning, "no-strengths", "no dose eras can be made: the strength of no drug is known",
        at: gap, hint: "the vocabulary's folder needs DRUG_STRENGTH.csv")
    }
  }
}

/// What checks compare with.
struct CheckResources: Sendable {
  var vocabulary: VocabularyIndex?
  var mappings: MappingCatalog?
  /// Whether the project names a folder of mapping files that could not be read, which was told.
  var lacksMappings: Bool
  var environment: ExpressionEnvironment
  var registry: Registry
}

extension DiagnosticList {
  /// Tells something about a value that a person wrote.
  mutating func tell<Value>(
    _ severity: Diagnostic.Severity = .error, _ code: String, _ message: String,
    at place: Located<Value>, hint: String? = nil
  ) {
    add(
      Diagnostic(
        severity, code, message, at: place.position, length: place.length, hint: hint))
  }

  mutating func error<Value>(
    _ code: String, _ message: String, at place: Located<Value>, hint: String? = nil
  ) {
    tell(.error, code, message, at: place, hint: hint)
  }

  /// Tells that a name names nothing, with the nearest one that does.
  mutating func unknown(
    _ noun: String, _ name: Located<String>, among candidates: [String], code: String? = nil,
    severity: Diagnostic.Severity = .error, hint: String? = nil
  ) {
    let nearest = nearestName(to: name.value, in: candidates).map { "did you mean `\($0)`?" }
    let list = candidates.isEmpty ? nil : "there are: \(candidates.joined(separator: ", "))"
    tell(
      severity, code ?? "unknown-\(noun.replacing(" ", with: "-"))",
      "there is no \(noun) `\(name.value)`", at: name,
      hint: hint ?? nearest ?? (candidates.count <= 20 ? list : nil))
  }

  /// The number of errors.
  var errorCount: Int { all.count { $0.severity == .error } }
}

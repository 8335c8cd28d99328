internal import Columnar
internal import Diagnostics
internal import Engine
internal import Foundation
internal import Load
internal import Privacy
internal import Vocabulary

/// Runs the tests that stand in pipeline files: the given rows go through the real engine, with a
/// ledger and a target in memory.
package struct TestRunner: Sendable {
  private let session: ProjectSession

  package init(_ session: ProjectSession) { self.session = session }

  /// Runs the tests whose names contain a text, or all.
  ///
  /// - Parameter text: the text; `nil` runs all tests.
  /// - Returns: what came of each test, and which rules they speak of.
  /// - Throws: what stopped a run; that a test fails is an outcome.
  package func run(
    matching text: String?
  ) throws -> (outcomes: [TestOutcome], coverage: RuleCoverage) {
    var outcomes: [TestOutcome] = []
    var coverage = RuleCoverage(
      rules: (session.project?.pipelines ?? []).flatMap { pipeline in
        pipeline.rules.map { "\(pipeline.definition.name.value)/\($0.definition.id.value)" }
      })
    for pipeline in session.project?.pipelines ?? [] {
      for test in pipeline.definition.tests
      where text.map({ test.name.value.localizedCaseInsensitiveContains($0) }) ?? true {
        outcomes.append(try run(test, of: pipeline, &coverage))
      }
    }
    return (outcomes, coverage)
  }

  private func run(
    _ test: TestDefinition, of pipeline: CheckedPipeline, _ coverage: inout RuleCoverage
  ) throws -> TestOutcome {
    let started = Date()
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("ecluse-test-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(
      atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let given = try GivenFiles(test, of: pipeline.definition, in: folder)
    let key = try SecretKey(bytes: Array("a key for tests alone".utf8))
    let options = RunOptions(threads: 1, memory: 64 << 20, scratch: folder)
    guard var project = session.project else { return outcome(test, pipeline, [], started) }
    project.pipelines = [pipeline]
    let plan = try RunPlanner(
      project: project, vocabulary: try vocabulary(test), mappings: session.mappings, key: key,
      asOf: session.asOf, registry: session.registry, options: options, replacements: given.paths
    ).plan()
    let quarantine = QuarantineList()
    let target = MemoryLoader()
    let run = Run(
      plan: plan, options: options,
      ledger: try Ledger(path: nil, keyFingerprint: key.fingerprint), quarantine: quarantine,
      progress: Progress())
    let books = try run(into: target).books
    let refused = Set((test.quarantine ?? []).compactMap { $0.rule?.value })
    coverage.add(
      books, expected: Set(test.expected.map(\.table.value)),
      quarantined: Set(refused.map { "\(pipeline.definition.name.value)/\($0)" }))
    var failures: [TestOutcome.Failure] = []
    for table in test.expected { failures += compare(table, target) }
    if let expected = test.quarantine {
      failures += compare(expected, quarantine.entries, given, plan, pipeline.definition)
    }
    return outcome(test, pipeline, failures, started)
  }

  private func outcome(
    _ test: TestDefinition, _ pipeline: CheckedPipeline, _ failures: [TestOutcome.Failure],
    _ started: Date
  ) -> TestOutcome {
    TestOutcome(
      pipeline: pipeline.definition.name.value, name: test.name.value,
      position: test.name.position, failures: failures,
      seconds: Date().timeIntervalSince(started))
  }

  /// The test's own vocabulary, else the project's.
  private func vocabulary(_ test: TestDefinition) throws -> VocabularyIndex? {
    guard let own = test.vocabulary else { return session.vocabulary }
    return try VocabularyIndex(
      concepts: own.concepts.map {
        Concept(
          id: $0.id.value, code: $0.code, vocabulary: $0.vocabulary, domain: $0.domain,
          name: $0.name, standard: $0.standard ?? "")
      },
      mapsTo: own.mapsTo.map { ($0.source.value, $0.target.value) },
      mapsToValue: own.mapsToValue.map { ($0.source.value, $0.target.value) })
  }

  /// Each expected row must match another actual row on the fields it names, and none may be left.
  private func compare(_ expected: ExpectedTable, _ target: MemoryLoader) -> [TestOutcome.Failure] {
    let batches = target.batches(expected.table.value)
    var left = batches.flatMap { batch in (0..<batch.count).map { (batch, $0) } }
    var failures: [TestOutcome.Failure] = []
    for row in expected.rows {
      func matches(_ actual: (Batch, Int)) -> Bool {
        row.allSatisfy { field in
          equal(field.text.value, actual.0[field.field.value]?.text(actual.1))
        }
      }
      if let found = left.firstIndex(where: matches) {
        left.remove(at: found)
      } else {
        let fields = row.map { "\($0.field.value): \($0.text.value ?? "null")" }
        failures.append(
          .init(
            position: row.first?.field.position ?? expected.table.position,
            message: "no row of \(expected.table.value) with \(fields.joined(separator: ", "))"))
      }
    }
    for (batch, row) in left {
      let fields = batch.schema.fields.compactMap { field in
        batch[field.name]?.text(row).map { "\(field.name): \($0)" }
      }
      failures.append(
        .init(
          position: expected.table.position,
          message: "unexpected row of \(expected.table.value): \(fields.joined(separator: ", "))"))
    }
    return failures
  }

  /// Texts are equal, or both are numbers of equal value.
  private func equal(_ expected: String?, _ actual: String?) -> Bool {
    if expected == actual { return true }
    guard let expected, let actual, let left = Double(expected), let right = Double(actual) else {
      return false
    }
    return left == right
  }

  private func compare(
    _ expected: [ExpectedQuarantine], _ entries: [QuarantineEntry], _ given: GivenFiles,
    _ plan: RunPlan, _ pipeline: PipelineDefinition
  ) -> [TestOutcome.Failure] {
    let tables = plan.tables.flatMap { table in
      table.extractor.parts.map { _ in table.extractor.table }
    }
    var left = entries.filter { [.record, .row].contains($0.kind) }.map { entry -> String in
      let table = tables[entry.position.file]
      let row = given.offsets[table]?.firstIndex(of: entry.position.offset).map { $0 + 1 } ?? 0
      return describe(
        table.split(separator: "/").last.map(String.init) ?? table, row,
        entry.rule.split(separator: "/").last.map(String.init), entry.reason.rawValue)
    }
    var failures: [TestOutcome.Failure] = []
    for row in expected {
      let wanted = describe(row.table.value, row.row.value, row.rule?.value, row.reason.value)
      if let found = left.firstIndex(of: wanted) {
        left.remove(at: found)
      } else {
        failures.append(
          .init(position: row.table.position, message: "not in quarantine: \(wanted)"))
      }
    }
    for entry in left {
      failures.append(
        .init(position: expected.first?.table.position, message: "in quarantine: \(entry)"))
    }
    return failures
  }

  private func describe(_ table: String, _ row: Int, _ rule: String?, _ reason: String) -> String {
    "\(table) row \(row)" + (rule.map { ", rule \($0)" } ?? "") + ", \(reason)"
  }
}

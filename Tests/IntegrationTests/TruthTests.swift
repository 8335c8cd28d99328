import CommonDataModel
import Engine
import Foundation
import Pipelines
import TestSupport
import Testing

/// What comes out of a generated export is what its generator says must come out.
struct TruthTests {
  @Test(arguments: Project.sizes)
  func `every table, every refusal and every box is that of the truth`(persons: Int) throws {
    try withTemporaryFolder { folder in
      let warehouse = Warehouse(folder, data: try Samples.of(persons: persons))
      let outcome = try warehouse.run()
      let truth = try TruthComparison(data: warehouse.data)
      let database = try warehouse.database()
      for table in TruthComparison.tables {
        let expected = try truth.expected(table)
        let actual = try truth.actual(table, in: database)
        #expect(actual.count == expected.count, "\(table)")
        let differences = differences(actual, expected)
        #expect(differences == [], "\(table)")
      }
      try compareDerived(database, truth)
      let described: Set = ["cdm_source", "metadata", "condition_era", "drug_era"]
      for table in CommonDataModel.tables
      where !TruthComparison.tables.contains(table.name) && !described.contains(table.name) {
        #expect(try database.count(table.name) == 0, "\(table.name)")
      }
      let quarantine = try warehouse.quarantine()
      try compareQuarantine(quarantine, truth)
      try compareCells(quarantine, truth)
      try compareBooks(outcome.books, truth)
      let roots = quarantine.prefix { $0.parentFile == nil }
      #expect(quarantine.dropFirst(roots.count).allSatisfy { $0.parentFile != nil })
      #expect(roots.count < quarantine.count)
    }
  }

  /// Eras and preceding visits follow from other tables of the truth.
  private func compareDerived(_ database: Database, _ truth: TruthComparison) throws {
    let conditions = try ObviousEras(truth, "condition_occurrence", "condition")
    #expect(differences(try conditions.actual(database), conditions.conditionEras) == [])
    let drugs = try ObviousEras(truth, "drug_exposure", "drug_exposure", concept: "drug")
    #expect(differences(try drugs.actual(database), drugs.drugEras) == [])
    #expect(
      differences(
        try ObviousEras.preceding(in: database), try ObviousEras.preceding(truth)) == [])
  }

  /// The first lines in which two sorted lists differ.
  private func differences(_ actual: [String], _ expected: [String]) -> [String] {
    if actual == expected { return [] }
    return actual.difference(from: expected).prefix(6).map { change in
      switch change {
      case .insert(_, let line, _): "too much: \(line)"
      case .remove(_, let line, _): "missing: \(line)"
      }
    }
  }

  private func compareQuarantine(_ lines: [QuarantineLine], _ truth: TruthComparison) throws {
    let actual = lines.filter { ["record", "row"].contains($0.kind) }.map { line in
      [
        line.file, String(line.line), bare(line.table), bare(line.rule ?? ""), line.reason,
        line.parentFile ?? "", line.parentLine.map { String($0) } ?? "",
      ].joined(separator: ",")
    }.sorted()
    let expected = try truth.file("quarantine").records
      .map { $0.joined(separator: ",") }.sorted()
    #expect(differences(actual, expected) == [])
    let observed = Set(try truth.file("observation_period").records.map { $0[0] })
    let persons = Set(try truth.file("person").records.map { $0[0] })
    let listed = lines.filter { $0.kind == "person" }
    #expect(listed.allSatisfy { $0.reason == "no_observation_period" && $0.file == "patients.csv" })
    #expect(listed.count == persons.subtracting(observed).count)
  }

  private func compareCells(_ lines: [QuarantineLine], _ truth: TruthComparison) throws {
    let actual = lines.filter { $0.kind == "cell" }.map { line in
      [
        line.file, String(line.line), bare(line.table), bare(line.rule ?? ""), line.field ?? "",
        line.reason,
      ].joined(separator: ",")
    }.sorted()
    let expected = try truth.file("cell_rejects").records
      .map { $0.joined(separator: ",") }.sorted()
    #expect(differences(actual, expected) == [])
  }

  private func compareBooks(_ books: BooksReport, _ truth: TruthComparison) throws {
    let tables = books.tables.map {
      "\(bare($0.table)),\($0.read),\($0.accepted),\($0.quarantined)"
    }
    #expect(
      tables.sorted()
        == (try truth.file("extracts").records.map { $0.joined(separator: ",") })
        .sorted())
    let rules = books.rules.map { rule in
      ([bare(rule.rule), rule.tables.map(bare).joined()]
        + [
          rule.accepted, rule.emitted, rule.filtered, rule.unmatched, rule.collapsed,
          rule.quarantined, rule.rows.values.reduce(0, +),
        ].map(String.init)).joined(separator: ",")
    }
    #expect(
      rules.sorted() == (try truth.file("books").records.map { $0.joined(separator: ",") }).sorted()
    )
    #expect(books.imbalances.isEmpty)
  }

  /// A name without its pipeline.
  private func bare(_ name: String) -> String {
    name.split(separator: "/").last.map(String.init) ?? ""
  }
}

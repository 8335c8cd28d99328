import CommonDataModel
import Foundation
import TestSupport
import Testing

/// The CDM's own tables of the vocabulary, filled from the files of the download.
struct VocabularyTablesTests {
  private static let tables = [
    "concept", "vocabulary", "domain", "concept_class", "concept_relationship", "relationship",
    "concept_synonym", "concept_ancestor", "drug_strength",
  ]

  /// Runs the sample with a choice of tables.
  private static func run(_ choice: String, in folder: URL, threads: Int = 2) throws -> Database {
    let text = try String(contentsOfFile: Project.pipeline, encoding: .utf8)
      .replacingOccurrences(of: "../", with: Project.root.path + "/")
      .replacingOccurrences(
        of: "[hcl.yaml]", with: "[\(Project.root.path)/pipelines/hcl.yaml]"
      )
      .replacingOccurrences(
        of: "\nderive:", with: "\nvocabulary_tables: \(choice)\nderive:")
    let project = folder.appendingPathComponent("\(choice).yaml")
    try Data(text.utf8).write(to: project)
    let target = folder.appendingPathComponent("\(choice).sqlite").path
    let ending = try Program.run([
      "run", project.path, "--target", "sqlite:\(target)", "--as-of", Project.asOfText, "--quiet",
      "--threads", "\(threads)",
    ])
    #expect(ending.status == 0, "\(ending.errors)")
    return try Database(URL(fileURLWithPath: target))
  }

  /// The rows of a file of the sample's vocabulary, without its header.
  private static func lines(_ file: String) throws -> Int {
    let text = try String(
      contentsOf: Project.vocabulary.appendingPathComponent(file), encoding: .utf8)
    return text.split(separator: "\n").count - 1
  }

  private func count(_ database: Database, _ table: String) throws -> Int {
    try Int(database.rows("SELECT count(*) FROM \(table)")[0][0] ?? "") ?? -1
  }

  @Test func `all of a download are there, or none`() throws {
    try withTemporaryFolder { folder in
      let all = try Self.run("all", in: folder)
      for (table, file) in [
        ("concept", "CONCEPT.csv"), ("vocabulary", "VOCABULARY.csv"), ("domain", "DOMAIN.csv"),
        ("concept_class", "CONCEPT_CLASS.csv"), ("relationship", "RELATIONSHIP.csv"),
        ("concept_relationship", "CONCEPT_RELATIONSHIP.csv"),
        ("concept_ancestor", "CONCEPT_ANCESTOR.csv"),
      ] {
        #expect(try count(all, table) == Self.lines(file), "\(table)")
      }
      #expect(
        try all.rows(
          "SELECT vocabulary_id, concept_code, domain_id FROM concept WHERE concept_id = 201826")
          == [["SNOMED", "44054006", "Condition"]])
      let none = try Self.run("none", in: folder)
      for table in Self.tables { #expect(try count(none, table) == 0, "\(table)") }
    }
  }

  @Test func `what is used is there with its ancestors, and little else`() throws {
    try withTemporaryFolder { folder in
      let used = try Self.run("used", in: folder)
      #expect(try count(used, "concept") < Self.lines("CONCEPT.csv"))
      var checked = 0
      for table in CommonDataModel.tables where table.group != .vocabulary {
        for field in table.fields where field.name.hasSuffix("_concept_id") {
          let lost = try used.rows(
            """
            SELECT DISTINCT \(field.name) FROM \(table.name) WHERE \(field.name) <> 0
            AND \(field.name) NOT IN (SELECT concept_id FROM concept)
            """)
          // Only concepts that the download lacks are not there.
          for row in lost {
            let id = row[0] ?? ""
            let text = try String(
              contentsOf: Project.vocabulary.appendingPathComponent("CONCEPT.csv"), encoding: .utf8)
            #expect(!text.contains("\n\(id)\t"), "\(table.name).\(field.name) \(id)")
          }
          checked += 1
        }
      }
      #expect(checked > 90)
      for (table, columns) in [
        ("concept_relationship", ["concept_id_1", "concept_id_2"]),
        ("concept_ancestor", ["ancestor_concept_id", "descendant_concept_id"]),
      ] {
        #expect(try count(used, table) > 0)
        for column in columns {
          #expect(
            try used.rows(
              "SELECT count(*) FROM \(table) WHERE \(column) NOT IN (SELECT concept_id FROM concept)"
            ) == [["0"]])
        }
      }
      // Every ancestor of a drug that a person took is there.
      #expect(
        try count(used, "concept_ancestor")
          >= used.rows(
            "SELECT DISTINCT drug_concept_id FROM drug_exposure WHERE drug_concept_id <> 0"
          ).count)
    }
  }

  @Test func `threads change no byte of it`() throws {
    var files: [Data] = []
    for threads in [1, 3] {
      try withTemporaryFolder { folder in
        _ = try Self.run("used", in: folder, threads: threads)
        files.append(try Data(contentsOf: folder.appendingPathComponent("used.sqlite")))
      }
    }
    #expect(files[0] == files[1])
  }
}

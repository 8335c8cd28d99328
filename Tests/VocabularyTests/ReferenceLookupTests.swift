import Columnar
import Foundation
import Gzip
import SQLite
import TestSupport
import Testing

@testable import Vocabulary

private let referenceData = ProcessInfo.processInfo.environment["ECLUSE_REFERENCE_DATA"]

/// Compares lookups in an index with a join of SQLite over the same public files, for every code.
@Suite(.enabled(if: referenceData != nil, "ECLUSE_REFERENCE_DATA is not set"))
struct ReferenceLookupTests {
  /// A vocabulary of the reference data: its files by the names that Athena gives them.
  struct Source: Sendable, CustomTestStringConvertible {
    var name: String
    var files: [String: String]
    /// What is built: the files as dbt-synthea has them name many concepts that they lack, which an
    /// index of everything refuses.
    var contents = IndexContents.all
    /// The codes that it has, so that an empty comparison fails.
    var codes: Int
    /// How many of its codes have a standard concept other than themselves.
    var mapped: Int

    var testDescription: String { name }
  }

  static let sources = [
    Source(
      name: "the 27 patients of Synthea",
      files: [
        "CONCEPT.csv": "synthea/reconstructed-vocabulary/concept_seed.csv",
        "CONCEPT_RELATIONSHIP.csv": "synthea/vocabulary/concept_relationship_seed.csv",
        "VOCABULARY.csv": "synthea/vocabulary/vocabulary_seed.csv",
        "DOMAIN.csv": "synthea/vocabulary/domain_seed.csv",
      ], contents: .drugs, codes: 2_344, mapped: 8),
    Source(
      name: "the 27 patients of Synthea, closed",
      files: Dictionary(
        uniqueKeysWithValues: [
          "concept", "concept_relationship", "concept_ancestor", "concept_class", "relationship",
          "vocabulary", "domain",
        ].map {
          ("\($0.uppercased()).csv", "synthea/reconstructed-vocabulary/closed/\($0).csv")
        }), codes: 2_344, mapped: 8),
    Source(
      name: "GiBleed",
      files: [
        "CONCEPT.csv": "gibleed/concept.csv.gz",
        "CONCEPT_RELATIONSHIP.csv": "gibleed/concept_relationship.csv.gz",
        "CONCEPT_ANCESTOR.csv": "gibleed/concept_ancestor.csv.gz",
        "CONCEPT_SYNONYM.csv": "gibleed/concept_synonym.csv.gz",
        "RELATIONSHIP.csv": "gibleed/relationship.csv.gz",
        "VOCABULARY.csv": "gibleed/vocabulary.csv.gz",
        "DOMAIN.csv": "gibleed/domain.csv.gz",
      ], codes: 444, mapped: 3),
  ]

  /// The concept of each code and the standard concepts on which it ends, as the rules of
  /// docs/architecture.md and the guide have them, in SQL alone.
  private static let join = """
    WITH RECURSIVE
      best (vocabulary, code, concept) AS (
        SELECT vocabulary_id, concept_code,
          CAST(substr(min(printf('%d %012d', invalid_reason <> '', concept_id)), 3) AS INTEGER)
        FROM concept GROUP BY vocabulary_id, concept_code),
      target (id) AS (
        SELECT concept_id FROM concept WHERE standard_concept = 'S' AND invalid_reason = ''),
      gone (id) AS (SELECT concept_id FROM concept WHERE invalid_reason <> ''),
      edge (source, name, target) AS (
        SELECT concept_id_1, relationship_id, concept_id_2 FROM concept_relationship r
        WHERE r.invalid_reason = ''
          AND concept_id_1 IN (SELECT concept_id FROM concept)
          AND concept_id_2 IN (SELECT concept_id FROM concept)),
      maps (source, target) AS (
        SELECT source, target FROM edge WHERE name = 'Maps to'
          AND (source <> target OR source IN (SELECT id FROM target))),
      step (source, target) AS (
        SELECT source, target FROM maps WHERE target IN (SELECT id FROM gone)
        UNION
        SELECT source, target FROM edge WHERE name = 'Concept replaced by'
          AND source IN (SELECT id FROM gone) AND source NOT IN (SELECT source FROM maps)),
      walk (origin, concept) AS (
        SELECT concept_id, concept_id FROM concept
        UNION
        SELECT walk.origin, step.target FROM walk JOIN step ON step.source = walk.concept),
      ends (origin, concept) AS (
        SELECT walk.origin, maps.target FROM walk JOIN maps ON maps.source = walk.concept
        WHERE maps.target IN (SELECT id FROM target)
        UNION
        SELECT origin, concept FROM walk WHERE concept IN (SELECT id FROM target)
          AND concept NOT IN (SELECT source FROM maps))
    SELECT best.vocabulary, best.code, best.concept,
      coalesce(
        (SELECT group_concat(concept, ' ')
         FROM (SELECT concept FROM ends WHERE origin = best.concept ORDER BY concept)), '')
    FROM best ORDER BY 1, 2
    """

  @Test(arguments: sources)
  func `every code is found, and ends on the concepts, that a join of SQLite gives`(
    source: Source
  ) throws {
    let root = URL(fileURLWithPath: try #require(referenceData))
    try withTemporaryFolder { folder in
      for (name, file) in source.files {
        try Self.content(of: root.appendingPathComponent(file))
          .write(to: folder.appendingPathComponent(name))
      }
      let path = folder.appendingPathComponent("index").path
      try VocabularyIndex.build(from: folder.path, to: path, contents: source.contents)
      let index = try VocabularyIndex.open(path: path)

      let database = try Connection(inMemory: ())
      for (table, keys) in [
        ("concept", ["concept_id"]),
        ("concept_relationship", ["concept_id_1", "concept_id_2"]),
      ] {
        let rows = try ReferenceVocabularyTests.read(
          folder.appendingPathComponent("\(table.uppercased()).csv"))
        try Self.load(rows, keys, into: table, database)
      }
      #expect(try database.integer("SELECT count(*) FROM concept") == Int64(index.count))

      var codes = 0
      var mapped = 0
      var batches: [Int: (codes: [String], concepts: [Int64])] = [:]
      var query = try database.prepare(Self.join)
      while try query.step() {
        let (vocabulary, code) = (query.text(at: 0) ?? "", query.text(at: 1) ?? "")
        let concept = query.integer(at: 2)
        let targets = (query.text(at: 3) ?? "").split(separator: " ").compactMap { Int64($0) }
        codes += 1
        if !targets.isEmpty && targets != [concept] { mapped += 1 }
        let handle = try #require(index.vocabulary(named: vocabulary))
        let position = try #require(index.lookup(vocabulary: handle, code: code))
        #expect(index.id(position) == concept, "\(vocabulary):\(code)")
        #expect(index.standardTargets(ofConcept: concept) == targets, "\(vocabulary):\(code)")
        batches[handle, default: ([], [])].codes.append(code)
        batches[handle, default: ([], [])].concepts.append(concept)
      }
      for (handle, batch) in batches {
        let found = index.lookup(vocabulary: handle, codes: TextArray(batch.codes))
        #expect(index.ids(found) == batch.concepts)
        // What no vocabulary has is not found either.
        let others = batch.codes.map { $0 + "\u{1}" }
        #expect(
          index.lookup(vocabulary: handle, codes: TextArray(others)).allSatisfy { $0 == -1 })
      }
      #expect(codes == source.codes)
      #expect(mapped == source.mapped)
    }
  }

  /// The bytes of a file, unpacked where they are packed.
  private static func content(of file: URL) throws -> Data {
    let bytes = [UInt8](try Data(contentsOf: file))
    guard file.pathExtension == "gz" else { return Data(bytes) }
    var inflater = Inflater()
    var text: [UInt8] = []
    var place = 0
    while place < bytes.count {
      let step = try inflater.inflate(
        bytes.span.extracting(place..<bytes.count), atMost: 1 << 20, appendingTo: &text)
      place += step.read
      if step.isEnd { break }
    }
    return Data(text)
  }

  /// Puts rows into a new table, keys as numbers and the rest as text.
  private static func load(
    _ rows: [[String: String]], _ keys: [String], into table: String,
    _ database: borrowing Connection
  ) throws {
    let columns = try #require(rows.first).keys.sorted()
    let types = columns.map { "\($0) \(keys.contains($0) ? "INTEGER" : "TEXT") NOT NULL" }
    try database.execute("CREATE TABLE \(table) (\(types.joined(separator: ", ")))")
    let places = columns.map { _ in "?" }.joined(separator: ", ")
    var insert = try database.prepare("INSERT INTO \(table) VALUES (\(places))")
    for row in rows {
      for (place, column) in columns.enumerated() {
        let text = try #require(row[column])
        if keys.contains(column) {
          try insert.bind(try #require(Int64(text)), at: place + 1)
        } else {
          try insert.bind(text, at: place + 1)
        }
      }
      try insert.run()
    }
  }
}

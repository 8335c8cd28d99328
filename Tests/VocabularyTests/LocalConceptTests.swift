import Diagnostics
import Foundation
import TestSupport
import Testing

@testable import Vocabulary

/// Concepts that a project has of its own.
@Suite struct LocalConceptTests {
  private static let head =
    "vocabulary_id,concept_code,concept_name,domain_id,standard_concept,maps_to,maps_to_value,"
    + "invalid_reason\n"

  /// A folder with what people say of local concepts.
  private struct Mappings {
    let folder: URL

    var path: String { folder.path }

    func write(_ name: String, _ text: String) throws {
      try Data(text.utf8).write(to: folder.appendingPathComponent("\(name).csv"))
    }

    func define(_ rows: String...) throws {
      try write("local_concepts", head + rows.map { $0 + "\n" }.joined())
    }

    var ids: String {
      get throws {
        try String(
          contentsOf: folder.appendingPathComponent("local_concept_ids.csv"), encoding: .utf8)
      }
    }
  }

  private func withMappings(_ body: (Mappings) throws -> Void) throws {
    try withTemporaryFolder { try body(Mappings(folder: $0)) }
  }

  @Test func `ids are given in the order of the codes, and never changed nor given twice`() throws {
    try withMappings { mappings in
      try mappings.define("HCL,b,B,Drug,,,,", "HCL,a,A,Drug,,,,")
      let first = try LocalConcepts.assign(folder: mappings.path)
      #expect(first.diagnostics.isEmpty)
      #expect(first.given.map(\.id) == [2_000_000_001, 2_000_000_002])
      #expect(first.given.map(\.code) == ["a", "b"])
      let text = try mappings.ids
      #expect(
        text == "concept_id,vocabulary_id,concept_code\n2000000001,HCL,a\n2000000002,HCL,b\n")
      #expect(try LocalConcepts.assign(folder: mappings.path).given.isEmpty)
      #expect(try mappings.ids == text)

      // The concept that had the highest id goes, another comes: its id is not given again.
      try mappings.define("HCL,0,first of all,Drug,,,,", "HCL,a,renamed,Device,,,,")
      #expect(try LocalConcepts.assign(folder: mappings.path, writes: false).given.count == 1)
      #expect(try mappings.ids == text)
      #expect(try LocalConcepts.assign(folder: mappings.path).given.map(\.id) == [2_000_000_003])
      #expect(try mappings.ids == text + "2000000003,HCL,0\n")
      #expect(
        LocalConcepts.load(folder: mappings.path).value.concepts.map(\.id)
          == [2_000_000_001, 2_000_000_003])
    }
  }

  @Test func `the file of ids is only added to, in its own manner`() throws {
    try withMappings { mappings in
      try mappings.define("HCL,\"a,1\",A,Drug,,,,", "HCL,b,B,Drug,,,,")
      let text = "concept_code;concept_id;vocabulary_id\r\n\"b\";2000000007;HCL"
      try mappings.write("local_concept_ids", text)
      #expect(try LocalConcepts.assign(folder: mappings.path).given.map(\.id) == [2_000_000_008])
      #expect(try mappings.ids == text + "\r\na,1;2000000008;HCL")
    }
  }

  @Test func `ids that are used up are told, and none is given`() throws {
    try withMappings { mappings in
      try mappings.define("HCL,a,A,Drug,,,,", "HCL,b,B,Drug,,,,")
      let text = "concept_id,vocabulary_id,concept_code\n2147483646,HCL,x\n"
      try mappings.write("local_concept_ids", text)
      let (given, list) = try LocalConcepts.assign(folder: mappings.path)
      #expect(given.isEmpty)
      #expect(list.all.map(\.code) == ["no-free-id"])
      #expect(list.all.first?.message == "2 local concepts need an id, and 1 are left")
      #expect(try mappings.ids == text)
      try mappings.define("HCL,a,A,Drug,,,,")
      #expect(try LocalConcepts.assign(folder: mappings.path).given.map(\.id) == [2_147_483_647])
    }
  }

  @Test(arguments: [
    ("HCL,a,A,Drug,X,,,", "bad-flag", 2), ("HCL,a,A,Drug,,1;x,,", "bad-concept-id", 2),
    (",a,A,Drug,,,,", "missing-text", 2), ("HCL,a,A,Drug,,,,Q", "bad-flag", 2),
    ("HCL,a,A,a domain with too long a name,,,,", "text-too-long", 2),
    ("HCL,a,A,Drug,,,,\nHCL,a,B,Drug,,,,", "duplicate-concept", 3),
    ("HCL,new,A,Drug,,,,", "no-local-id", 2),
  ])
  func `mistakes are told where they stand`(rows: String, code: String, line: Int) throws {
    try withMappings { mappings in
      try mappings.define(rows)
      try mappings.write(
        "local_concept_ids", "concept_id,vocabulary_id,concept_code\n2000000001,HCL,a\n")
      let list = LocalConcepts.load(folder: mappings.path).diagnostics
      #expect(list.all.map(\.code) == [code])
      #expect(list.all.first?.position?.line == line)
    }
  }

  @Test(arguments: [
    ("2000000000,HCL,a", "bad-local-id"), ("0,HCL,a", "bad-local-id"),
    ("2000000002,HCL,a\n2000000002,HCL,b", "duplicate-id"),
    ("2000000002,HCL,a\n2000000003,HCL,a", "duplicate-concept"),
    ("2147483648,HCL,a", "bad-concept-id"),
  ])
  func `mistakes among the ids are told, and nothing is given`(rows: String, code: String) throws {
    try withMappings { mappings in
      try mappings.define("HCL,a,A,Drug,,,,")
      try mappings.write("local_concept_ids", "concept_id,vocabulary_id,concept_code\n\(rows)\n")
      let (given, list) = try LocalConcepts.assign(folder: mappings.path)
      #expect(given.isEmpty)
      #expect(list.all.map(\.code) == [code])
    }
  }

  @Test func `relationships stand in both directions`() throws {
    try withMappings { mappings in
      try mappings.define("HCL,a,A,Drug,S,,,", "HCL,b,B,Condition,,201820; 443238,4181412,U")
      _ = try LocalConcepts.assign(folder: mappings.path)
      let local = LocalConcepts.load(folder: mappings.path).value
      let (a, b): (Int64, Int64) = (2_000_000_001, 2_000_000_002)
      #expect(
        local.edges == [
          .init(source: a, target: a, name: "Maps to"),
          .init(source: a, target: a, name: "Mapped from"),
          .init(source: b, target: 201_820, name: "Maps to"),
          .init(source: 201_820, target: b, name: "Mapped from"),
          .init(source: b, target: 443_238, name: "Maps to"),
          .init(source: 443_238, target: b, name: "Mapped from"),
          .init(source: b, target: 4_181_412, name: "Maps to value"),
          .init(source: 4_181_412, target: b, name: "Value mapped from"),
        ])
      #expect(local.vocabularies == ["HCL"])
      #expect(local.concepts.map(\.invalidReason) == ["", "U"])
    }
  }

  @Test func `local concepts stand in the index, which is made anew when they change`() throws {
    try withMappings { mappings in
      let files = AthenaFiles(folder: mappings.folder)
      try files.writeSmall(seed: 1)
      try mappings.define("HCL,a,Our drug,Drug,S,,,", "HCL,b,Our code,Condition,,4193704,,")
      _ = try LocalConcepts.assign(folder: mappings.path)
      let local = LocalConcepts.load(folder: mappings.path).value
      let index = try VocabularyIndex.prepare(
        folder: files.path, index: files.index, local: local)
      #expect(index.count == SmallVocabulary.concepts.count + 2)
      #expect(index.concept(id: 2_000_000_001)?.name == "Our drug")
      #expect(index.standardTargets(ofConcept: 2_000_000_001) == [2_000_000_001])
      #expect(index.standardTargets(ofConcept: 2_000_000_002) == [4_193_704])
      #expect(index.ids("HCL", ["b"]) == [2_000_000_002])
      #expect(try index.isCurrent(files.path, local: local))
      #expect(try !index.isCurrent(files.path))

      try mappings.define("HCL,a,Our drug,Drug,S,,,", "HCL,b,Our code,Condition,,201820,,")
      let changed = LocalConcepts.load(folder: mappings.path).value
      #expect(try !index.isCurrent(files.path, local: changed))
      let again = try VocabularyIndex.prepare(
        folder: files.path, index: files.index, local: changed)
      #expect(again.standardTargets(ofConcept: 2_000_000_002) == [201_820])
    }
  }

  @Test func `targets that are no standard concepts are told where they stand`() throws {
    try withMappings { mappings in
      try mappings.define(
        "HCL,a,A,Drug,,1567956,,", "HCL,b,B,Drug,,4193704; 77,,", "HCL,c,C,Drug,,,101,")
      _ = try LocalConcepts.assign(folder: mappings.path)
      let list = LocalConcepts.load(folder: mappings.path).value
        .check(against: try SmallVocabulary.index())
      #expect(
        MappingFiles.summary(list) == [
          "error non-standard-concept 2:15", "error unknown-concept 3:15",
          "error invalid-concept 4:16",
        ])
    }
  }

  /// Each rule about local concepts, with its place in `local_concepts.csv`.
  private static let mistakes: [(rows: String, summary: [String])] = [
    ("HCL,a,A,Measurment,,,,,Undefined", ["error unknown-domain 2:9"]),
    ("HCL,a,A,Drug,,,,,Clinical Dog", ["error unknown-class 2:18"]),
    ("HCL,a,A,Drug,,,,,Our own", ["warning unknown-class 2:18"]),
    ("SNOMED,44054006,A,Drug,,,,,", ["error taken-code 2:8"]),
    ("HCL,a,A,Condition,S,4193704,,,", ["error standard-maps-elsewhere 2:21"]),
    ("HCL,a,A,Condition,S,2000000001,,,Clinical Drug", []),
    ("HCL,a,A,Route,C,4193704,,,", []),
  ]

  @Test(arguments: mistakes)
  func `domains, classes, codes and standard concepts are compared with the vocabulary`(
    rows: String, summary: [String]
  ) throws {
    try withMappings { mappings in
      let files = AthenaFiles(folder: mappings.folder)
      try files.writeSmall(seed: 1)
      let names = [
        ["SNOMED", "LOINC", "ICD10", "CIM10", "None"],
        ["Condition", "Drug", "Measurement", "Meas Value", "Route"],
        ["Clinical Drug", "Undefined"],
      ]
      for (place, file) in ["VOCABULARY", "DOMAIN", "CONCEPT_CLASS"].enumerated() {
        let columns = VocabularyTables.columns[place]
        try files.write(
          "\(file).csv", columns,
          names[place].map { [$0] + [String](repeating: "1", count: columns.count - 1) })
      }
      try mappings.write(
        "local_concepts",
        Self.head.dropLast() + ",concept_class_id\n" + rows + "\n")
      try mappings.write(
        "local_concept_ids",
        "concept_id,vocabulary_id,concept_code\n2000000001,HCL,a\n2000000001,SNOMED,44054006\n"
          .replacing(
            rows.hasPrefix("HCL") ? "2000000001,SNOMED,44054006\n" : "2000000001,HCL,a\n",
            with: ""))
      let local = LocalConcepts.load(folder: mappings.path)
      #expect(local.diagnostics.isEmpty)
      // Before an index has them, and from within it.
      try VocabularyIndex.build(from: files.path, to: files.index, contents: .all)
      let without = try VocabularyIndex.open(path: files.index)
      #expect(MappingFiles.summary(local.value.check(against: without)) == summary)
      let checked = MappingCheck(vocabulary: without, asOf: nil)
        .check(path: mappings.folder.appendingPathComponent("local_concepts.csv").path)
      #expect(MappingFiles.summary(checked.diagnostics) == summary)
      try VocabularyIndex.build(
        from: files.path, to: files.index, contents: .all, local: local.value)
      let with = try VocabularyIndex.open(path: files.index)
      #expect(MappingFiles.summary(local.value.check(against: with)) == summary)
      let given = try LocalConcepts.assign(folder: mappings.path, vocabulary: without)
      #expect(given.diagnostics.hasErrors == summary.contains { $0.hasPrefix("error") })
    }
  }

  @Test func `without a vocabulary the domains are those that Athena delivers`() throws {
    try withMappings { mappings in
      try mappings.define("HCL,a,A,Meas Value,,,,", "HCL,b,B,Measurment,,,,")
      let (given, list) = try LocalConcepts.assign(folder: mappings.path)
      #expect(given.isEmpty)
      #expect(MappingFiles.summary(list) == ["error unknown-domain 3:9"])
      #expect(list.all.first?.hint == "did you mean Measurement?")
    }
  }

  @Test func `an id that turns out to be taken is changed, and no other`() throws {
    try withMappings { mappings in
      try mappings.define("HCL,a,A,Drug,,,,", "HCL,b,B,Drug,,,,", "HCL,c,C,Drug,,,,")
      let text = "concept_id,vocabulary_id,concept_code\n2000000001,HCL,b\n2000000002,HCL,a\n"
      try mappings.write("local_concept_ids", text)
      let index = try VocabularyIndex(
        concepts: [
          SmallVocabulary.source(2_000_000_001, "x", "OTHER"),
          // The same local concept: the vocabulary was made with it.
          SmallVocabulary.source(2_000_000_002, "a", "HCL"),
          SmallVocabulary.source(2_000_000_005, "y", "OTHER"),
        ], mapsTo: [])
      #expect(
        LocalConcepts.load(folder: mappings.path).value.check(against: index).all.map(\.code)
          == ["taken-id"])
      let shown = try LocalConcepts.assign(
        folder: mappings.path, vocabulary: index, writes: false)
      #expect(try mappings.ids == text)
      let (given, list) = try LocalConcepts.assign(folder: mappings.path, vocabulary: index)
      #expect(list.isEmpty)
      #expect(given == shown.given)
      #expect(given.map(\.id) == [2_000_000_006, 2_000_000_007])
      #expect(given.map(\.code) == ["b", "c"])
      #expect(given.map(\.replaces) == [2_000_000_001, nil])
      #expect(
        try mappings.ids == "concept_id,vocabulary_id,concept_code\n2000000006,HCL,b\n"
          + "2000000002,HCL,a\n2000000007,HCL,c\n")
      #expect(LocalConcepts.load(folder: mappings.path).value.check(against: index).isEmpty)
      #expect(
        try LocalConcepts.assign(folder: mappings.path, vocabulary: index).given.isEmpty)
    }
  }

  @Test func `each rule about local concepts is shown, and each is in the catalogue`() {
    let shown: Set = [
      "bad-flag", "missing-text", "text-too-long", "duplicate-concept", "no-local-id",
      "bad-local-id", "duplicate-id", "taken-id",
    ]
    let compared = Self.mistakes.flatMap(\.summary).map { String($0.split(separator: " ")[1]) }
    #expect(Set(MappingRule.local.map(\.code)) == shown.union(compared))
  }

  @Test func `an id that Athena's files have too is refused`() throws {
    try withMappings { mappings in
      let files = AthenaFiles(folder: mappings.folder)
      try files.write(
        "CONCEPT.csv", AthenaFiles.conceptColumns,
        [AthenaFiles.row(SmallVocabulary.source(2_000_000_001, "x", "HCL"))])
      try mappings.define("HCL,a,A,Drug,,,,")
      _ = try LocalConcepts.assign(folder: mappings.path)
      let error = try #require(throws: VocabularyError.self) {
        try VocabularyIndex.build(
          from: files.path, to: files.index,
          local: LocalConcepts.load(folder: mappings.path).value)
      }
      #expect(error.code == "duplicate-concept")
      #expect(error.path?.hasSuffix("local_concepts.csv") == true)
      #expect(error.line == 2)
      let told = LocalConcepts.load(folder: mappings.path).value.diagnostic(error)
      #expect(told?.position?.column == 5)
      #expect(told?.hint?.contains("--vocabulary") == true)
    }
  }

  @Test func `a folder without local concepts has none, and no rule takes them for a mapping file`()
    throws
  {
    try withMappings { mappings in
      #expect(LocalConcepts.load(folder: mappings.path).value.isEmpty)
      #expect(LocalConcepts.load(folder: mappings.path).diagnostics.isEmpty)
      try mappings.define("HCL,a,A,Drug,,,,")
      _ = try LocalConcepts.assign(folder: mappings.path)
      #expect(try MappingCatalog(folder: mappings.path).names.isEmpty)
    }
  }
}

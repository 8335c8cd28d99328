import Foundation
import TestSupport
import Testing

@testable import Vocabulary

/// All rows of a download are in the index that holds everything.
@Suite struct WholeIndexTests {
  /// Rows of a download as they come, and what is expected of them.
  private struct Rows {
    var concepts: [Concept] = []
    var edges: [[String]] = []
    var ancestors: [[String]] = []
    var synonyms: [[String]] = []

    init(seed: UInt64) {
      var random = Splitter(seed)
      let ids = (1...300).map { Int64($0 * 7_919 % 100_003) }
      concepts = ids.map {
        Concept(id: $0, code: "c\($0)", vocabulary: "V\($0 % 3)", domain: "D", name: "n\($0)")
      }
      func one(_ texts: [String]) -> String { texts.randomElement(using: &random) ?? "" }
      func id() -> String { "\(ids.randomElement(using: &random) ?? 1)" }
      for _ in 0..<2_000 {
        let edge = [
          id(), id(), one(["Is a", "Subsumes", "Maps to", "Has form"]),
          one(["19700101", "20050131"]),
          one(["20991231", "20200229"]),
          one(["", "", "D"]),
        ]
        edges.append(edge)
        let reverses = ["Is a": "Subsumes", "Subsumes": "Is a", "Maps to": "Mapped from"]
        if let reverse = reverses[edge[2]] {
          edges.append([edge[1], edge[0], reverse] + edge[3...])
        }
        let least = Int.random(in: 0...9, using: &random)
        ancestors.append([
          id(), id(), "\(least)", "\(least + Int.random(in: 0...3, using: &random))",
        ])
        synonyms.append([
          id(), one(["Grippe", "flu", "influenza"]), "4180190",
        ])
      }
      // Ends that are no concepts.
      edges.append(["999999", id(), "Is a", "19700101", "20991231", ""])
      ancestors.append([id(), "999999", "1", "1"])
    }

    func write(_ files: AthenaFiles, seed: UInt64, quoted: Bool = false) throws {
      var random = Splitter(seed)
      func write(_ name: String, _ columns: [String], _ rows: [[String]]) throws {
        let rows = rows.shuffled(using: &random)
        if quoted {
          try files.writeQuoted(name, columns, rows)
        } else {
          try files.write(name, columns, rows)
        }
      }
      try write("CONCEPT.csv", AthenaFiles.conceptColumns, concepts.map(AthenaFiles.row))
      try write("CONCEPT_RELATIONSHIP.csv", AthenaFiles.edgeColumns, edges)
      try write(
        "CONCEPT_ANCESTOR.csv",
        [
          "ancestor_concept_id", "descendant_concept_id", "min_levels_of_separation",
          "max_levels_of_separation",
        ], ancestors)
      try write(
        "CONCEPT_SYNONYM.csv", ["concept_id", "concept_synonym_name", "language_concept_id"],
        synonyms)
      try write(
        "RELATIONSHIP.csv", VocabularyTables.columns[3],
        [
          ["Is a", "Is a", "1", "0", "Subsumes", "44818723"],
          ["Subsumes", "Subsumes", "1", "0", "Is a", "0"],
          ["Maps to", "Maps to", "0", "0", "Mapped from", "0"],
          ["Mapped from", "Mapped from", "0", "0", "Maps to", "0"],
          ["Has form", "Has form", "0", "0", "Form of", "0"],
        ])
    }
  }

  private func day(_ text: String) -> Int32 {
    let bytes = Array(text.utf8)
    return AthenaValue.date(bytes.span, 0..<bytes.count) ?? 0
  }

  @Test(arguments: [false, true]) func `every row is there, once`(quoted: Bool) throws {
    try withTemporaryFolder { folder in
      let files = AthenaFiles(folder: folder)
      let rows = Rows(seed: 5)
      try rows.write(files, seed: 1, quoted: quoted)
      try VocabularyIndex.build(
        from: files.path, to: files.index, contents: .all, workers: 3, blockByteCount: 5_000)
      let index = try VocabularyIndex.open(path: files.index)
      let here = Set(rows.concepts.map { "\($0.id)" })
      var edges: [[String]] = []
      var ancestors: [[String]] = []
      var synonyms: [[String]] = []
      for position in 0..<index.count {
        let id = "\(index.id(position))"
        edges += index.edges(at: position).map { edge in
          [
            id, "\(index.id(edge.target))", edge.relationship, "\(edge.validStart)",
            "\(edge.validEnd)", edge.invalidReason,
          ]
        }
        ancestors += index.ancestors(at: position).map {
          ["\(index.id($0.position))", id, "\($0.least)", "\($0.most)"]
        }
        synonyms += index.synonyms(at: position).map { [id, $0.name, "\($0.language)"] }
      }
      func sorted(_ rows: [[String]]) -> [[String]] {
        rows.sorted { $0.lexicographicallyPrecedes($1) }
      }
      let wanted = Set(
        rows.edges.filter { here.contains($0[0]) && here.contains($0[1]) }.map {
          [$0[0], $0[1], $0[2], "\(day($0[3]))", "\(day($0[4]))", $0[5]]
        })
      #expect(sorted(edges) == sorted(Array(wanted)))
      #expect(
        sorted(ancestors)
          == sorted(
            Array(Set(rows.ancestors.filter { here.contains($0[0]) && here.contains($0[1]) }))))
      #expect(sorted(synonyms) == sorted(rows.synonyms))
      #expect(index.danglingRows == 2)
      #expect(
        index.tables().relationships.map { $0[4] } == [
          "Form of", "Subsumes", "Maps to", "Mapped from", "Is a",
        ])
      let page = index.page(at: 0)
      #expect(
        page.mappedFrom.map(\.id)
          == Set(
            rows.edges.filter {
              $0[0] == "\(index.id(0))" && $0[2] == "Mapped from" && $0[5] == ""
                && here.contains($0[1]) && $0[1] != $0[0]
            }.compactMap { Int64($0[1]) }
          ).sorted())
      #expect(page.mappedFromCount == page.mappedFrom.count && page.mappedFromCount > 0)
      let concept = try #require(rows.concepts.first).id
      #expect(
        index.related("Is a", ofConcept: concept)
          == Set(
            rows.edges.filter {
              $0[0] == "\(concept)" && $0[2] == "Is a" && $0[5] == "" && here.contains($0[1])
            }.compactMap { Int64($0[1]) }
          ).sorted())
    }
  }

  @Test func `neither the order of rows, nor workers, nor blocks change it`() throws {
    try withTemporaryFolder { folder in
      let files = AthenaFiles(folder: folder)
      let rows = Rows(seed: 6)
      var bytes: [Data] = []
      for (seed, how) in [(1, (1, 1 << 20)), (2, (4, 3_000)), (3, (2, 900))]
        as [(UInt64, (Int, Int))]
      {
        try rows.write(files, seed: seed)
        try VocabularyIndex.build(
          from: files.path, to: files.index, contents: .all, workers: how.0, blockByteCount: how.1)
        bytes.append(try Data(contentsOf: URL(fileURLWithPath: files.index)))
      }
      for other in bytes {
        #expect(other[IndexHeader.byteCount...] == bytes[0][IndexHeader.byteCount...])
      }
    }
  }

  @Test func `a zip archive gives what its folder gives, and a damaged one nothing`() throws {
    try withTemporaryFolder { folder in
      let files = AthenaFiles(folder: folder)
      try Rows(seed: 7).write(files, seed: 1)
      try VocabularyIndex.build(from: files.path, to: files.index, contents: .all)
      let wanted = try Data(contentsOf: URL(fileURLWithPath: files.index))
      let names = try FileManager.default.contentsOfDirectory(atPath: files.path)
        .filter { $0.hasSuffix(".csv") }.sorted()
      let contents = try names.map { name in
        (
          "download/\(name)",
          [UInt8](try Data(contentsOf: folder.appendingPathComponent(name)))
        )
      }
      let archive = folder.appendingPathComponent("athena.zip")
      for method in [0, 8] as [UInt8] {
        let bytes = ZipMaker.archive(contents, method: method)
        try Data(bytes).write(to: archive)
        try VocabularyIndex.build(from: archive.path, to: files.index, contents: .all)
        #expect(try Data(contentsOf: URL(fileURLWithPath: files.index)) == wanted)
        for cut in [bytes.count - 1, bytes.count / 2, 100] {
          try Data(bytes[0..<cut]).write(to: archive)
          #expect(throws: (any Error).self) {
            try VocabularyIndex.build(from: archive.path, to: files.index, contents: .all)
          }
        }
        // A byte within the first file: only the checksum can tell.
        var changed = bytes
        changed[200] ^= 1
        try Data(changed).write(to: archive)
        #expect(throws: (any Error).self) {
          try VocabularyIndex.build(from: archive.path, to: files.index, contents: .all)
        }
      }
      #expect(try Data(contentsOf: URL(fileURLWithPath: files.index)) == wanted)
    }
  }

  @Test func `levels that make no sense are refused with their line`() throws {
    try withTemporaryFolder { folder in
      let files = AthenaFiles(folder: folder)
      var rows = Rows(seed: 8)
      let id = "\(rows.concepts[0].id)"
      rows.ancestors = [[id, id, "3", "2"]]
      try rows.write(files, seed: 1)
      let error = #expect(throws: VocabularyError.self) {
        try VocabularyIndex.build(from: files.path, to: files.index, contents: .all)
      }
      #expect(error?.code == "bad-levels")
      #expect(error?.line == 2)
      #expect(error?.path?.hasSuffix("CONCEPT_ANCESTOR.csv") == true)
    }
  }

  @Test func `files that do not belong together are refused with file and line`() throws {
    try withTemporaryFolder { folder in
      let files = AthenaFiles(folder: folder)
      func refusal() -> VocabularyError? {
        #expect(throws: VocabularyError.self) {
          try VocabularyIndex.build(
            from: files.path, to: files.index, contents: .all, workers: 3, blockByteCount: 2_000)
        }
      }
      let rows = Rows(seed: 10)
      try rows.write(files, seed: 1)
      // Half of the concepts are cut off at the end of a line.
      try files.write(
        "CONCEPT.csv", AthenaFiles.conceptColumns,
        rows.concepts.prefix(150).map(AthenaFiles.row))
      var error = refusal()
      #expect(error?.code == "inconsistent-download")
      #expect(error?.path?.hasSuffix("CONCEPT_RELATIONSHIP.csv") == true)
      let here = Set(rows.concepts.prefix(150).map { "\($0.id)" })
      let lines = try String(
        contentsOf: folder.appendingPathComponent("CONCEPT_RELATIONSHIP.csv"), encoding: .utf8
      ).split(separator: "\n").map { $0.split(separator: "\t", maxSplits: 2).map(String.init) }
      let first = lines.dropFirst().firstIndex { !here.contains($0[0]) || !here.contains($0[1]) }
      #expect(error?.line == first.map { $0 + 1 })

      try rows.write(files, seed: 2)
      try files.write(
        "VOCABULARY.csv", VocabularyTables.columns[0],
        [["V0", "zero", "", "1", "0"], ["V1", "one", "", "1", "0"]])
      error = refusal()
      #expect(error?.code == "inconsistent-download")
      #expect(error?.message.contains("V2") == true)
      let concepts = try String(
        contentsOf: folder.appendingPathComponent("CONCEPT.csv"), encoding: .utf8
      ).split(separator: "\n")
      #expect(error?.line == concepts.firstIndex { $0.contains("\tV2\t") }.map { $0 + 1 })

      try rows.write(files, seed: 3)
      try FileManager.default.removeItem(at: folder.appendingPathComponent("VOCABULARY.csv"))
      try files.write(
        "RELATIONSHIP.csv", VocabularyTables.columns[3],
        [["Is a", "Is a", "1", "0", "Subsumes", "0"]])
      error = refusal()
      #expect(error?.code == "inconsistent-download")
      #expect(error?.path?.hasSuffix("CONCEPT_RELATIONSHIP.csv") == true)
      let edges = try String(
        contentsOf: folder.appendingPathComponent("CONCEPT_RELATIONSHIP.csv"), encoding: .utf8
      ).split(separator: "\n")
      let other = edges.dropFirst().firstIndex { !$0.contains("\tIs a\t") }
      #expect(error?.line == other.map { $0 + 1 })
    }
  }

  @Test func `opening without reading all finds what is cut, not what is changed`() throws {
    try withTemporaryFolder { folder in
      let files = AthenaFiles(folder: folder)
      try Rows(seed: 9).write(files, seed: 1)
      try VocabularyIndex.build(from: files.path, to: files.index, contents: .all)
      var bytes = try Data(contentsOf: URL(fileURLWithPath: files.index))
      #expect(try VocabularyIndex.open(path: files.index, isChecked: false).count == 300)
      bytes[bytes.count - 40] ^= 1
      try bytes.write(to: URL(fileURLWithPath: files.index))
      #expect(throws: VocabularyError.self) { try VocabularyIndex.open(path: files.index) }
      try bytes.dropLast().write(to: URL(fileURLWithPath: files.index))
      #expect(throws: VocabularyError.self) {
        try VocabularyIndex.open(path: files.index, isChecked: false)
      }
    }
  }
}
